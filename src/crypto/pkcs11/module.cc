#include "crypto/pkcs11/module.h"

#include <dlfcn.h>

#include <filesystem>
#include <map>

#include "crypto/pkcs11/failed.h"
#include "crypto/random.h"

namespace shomei::crypto::pkcs11 {
namespace {

// A token that is away for good must not make every call disturb the module's other tokens.
constexpr std::chrono::seconds kBeginAnewPause{2};
constexpr CK_ULONG kSlotsMax = 4096;

// Fields of fixed length, filled up with blanks (PKCS#11 2.40, 4.4).
template <std::size_t N>
std::string trimmed(const unsigned char (&field)[N]) {
  std::string text(reinterpret_cast<const char*>(field), N);
  text.resize(text.find_last_not_of(std::string_view(" \0", 2)) + 1);
  return text;
}

std::string canonical(const std::string& path) {
  std::error_code ignored;
  const auto found = std::filesystem::canonical(path, ignored);
  return found.empty() ? path : found.string();
}

Result<CK_FUNCTION_LIST*> functions_of(const std::string& path) {
  const auto why = [] {
    const char* text = ::dlerror();
    return std::string(text == nullptr ? "" : text);
  };
  void* const library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    if (!std::filesystem::exists(path))
      return not_found("pkcs11_module_missing", {{"module", path}, {"why", why()}});
    return malformed("pkcs11_module_form", {{"module", path}, {"why", why()}});
  }
  const auto list = reinterpret_cast<CK_C_GetFunctionList>(::dlsym(library, "C_GetFunctionList"));
  if (list == nullptr) return malformed("pkcs11_module_form", {{"module", path}, {"why", why()}});
  CK_FUNCTION_LIST* functions = nullptr;
  const CK_RV rv = list(&functions);
  if (rv == CKR_OK && functions != nullptr && functions->version.major == 2) return functions;
  return malformed("pkcs11_module_form", {{"module", path}, {"why", "C_GetFunctionList: " + name_of(rv)}});
}

}  // namespace

Result<std::shared_ptr<Module>> Module::load(const std::string& path) {
  static std::mutex mutex;
  static auto& loaded = *new std::map<std::string, std::shared_ptr<Module>>;  // until the process ends
  const std::scoped_lock lock(mutex);
  const std::string file = canonical(path);
  if (const auto known = loaded.find(file); known != loaded.end()) return known->second;
  SHOMEI_TRY(auto* const functions, functions_of(file));
  const std::shared_ptr<Module> module(new Module(file, functions));
  if (const CK_RV rv = module->initialize(); rv != CKR_OK)
    return unavailable("pkcs11_module_failed",
                       {{"module", file}, {"call", "C_Initialize"}, {"rv", name_of(rv)}});
  loaded.emplace(file, module);
  return module;
}

CK_RV Module::initialize() {
  CK_C_INITIALIZE_ARGS arguments{};
  arguments.flags = CKF_OS_LOCKING_OK;
  const CK_RV rv = functions_->C_Initialize(&arguments);
  ours_ = rv == CKR_OK;
  return rv == CKR_CRYPTOKI_ALREADY_INITIALIZED ? CKR_OK : rv;
}

std::uint64_t Module::count() {
  const std::shared_lock lock(begun_);
  return count_;
}

void Module::begin_anew(std::uint64_t seen_count) {
  const std::scoped_lock turn(turnstile_);
  const std::unique_lock lock(begun_);
  if (seen_count != count_ || !ours_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - begun_anew_at_ < kBeginAnewPause) return;
  begun_anew_at_ = now;
  functions_->C_Finalize(nullptr);
  initialize();  // when it fails, so do the calls that follow, with the module's own reason
  ours_ = true;
  ++count_;
}

Result<std::vector<TokenSeen>> Module::tokens() {
  const auto error = [&](CK_RV rv, std::string_view name) {
    return failed(rv, name, {.module = path_, .token = {}, .slot = 0});
  };
  CK_ULONG count = 0;
  // Asked without a buffer first: that is when a module may look at its slots anew (PKCS#11 2.40, 5.5).
  CK_RV rv = call<&CK_FUNCTION_LIST::C_GetSlotList>(CK_BBOOL{CK_TRUE}, nullptr, &count);
  if (rv != CKR_OK) return error(rv, "C_GetSlotList");
  std::vector<CK_SLOT_ID> slots(std::min(count + 16, kSlotsMax));  // one may come in between
  count = slots.size();
  rv = call<&CK_FUNCTION_LIST::C_GetSlotList>(CK_BBOOL{CK_TRUE}, slots.data(), &count);
  if (rv != CKR_OK) return error(rv, "C_GetSlotList");
  slots.resize(count);
  std::vector<TokenSeen> seen;
  for (const auto slot : slots) {
    CK_TOKEN_INFO info{};
    if (call<&CK_FUNCTION_LIST::C_GetTokenInfo>(slot, &info) != CKR_OK) continue;  // gone since
    if ((info.flags & CKF_TOKEN_INITIALIZED) == 0) continue;
    seen.push_back({slot, trimmed(info.label), trimmed(info.serialNumber), trimmed(info.manufacturerID),
                    trimmed(info.model), info.flags, info.ulMaxSessionCount});
  }
  return seen;
}

Sha256 Module::digest_of(std::string_view serial, const SecretBytes& pin) const {
  return sha256({wrong_pins_key_.reveal(), view(serial), Bytes{0}, pin.reveal()});
}

bool Module::was_wrong(std::string_view serial, const SecretBytes& pin) {
  const std::scoped_lock lock(wrong_pins_mutex_);
  return wrong_pins_.contains(digest_of(serial, pin));
}

void Module::remember_wrong(std::string_view serial, const SecretBytes& pin) {
  const std::scoped_lock lock(wrong_pins_mutex_);
  wrong_pins_.insert(digest_of(serial, pin));
}

}  // namespace shomei::crypto::pkcs11
