// Module: one loaded PKCS#11 library. It is loaded once for each file and stays until the process ends, with
// whatever state its maker keeps in it; all Tokens of a file share the one Module.
#pragma once

#include <p11-kit/pkcs11.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "crypto/digest.h"
#include "crypto/random.h"

namespace shomei::crypto::pkcs11 {

struct TokenSeen {  // in a slot
  CK_SLOT_ID slot = 0;
  std::string label, serial, manufacturer, model;
  CK_FLAGS flags = 0;
  CK_ULONG sessions_max = 0;  // 0 or CK_UNAVAILABLE_INFORMATION: no limit that it tells
};

class Module {
 public:
  // not_found "pkcs11_module_missing", malformed "pkcs11_module_form", unavailable "pkcs11_module_failed".
  static Result<std::shared_ptr<Module>> load(const std::string& path);

  const std::string& path() const { return path_; }
  Result<std::vector<TokenSeen>> tokens();  // the initialised ones, as the slots are now

  // module.call<&CK_FUNCTION_LIST::C_Sign>(session, ...): never while the module is begun anew.
  template <auto Function, class... Arguments>
  CK_RV call(Arguments... arguments) {
    { const std::scoped_lock turn(turnstile_); }
    const std::shared_lock lock(begun_);
    const auto function = functions_->*Function;
    return function == nullptr ? CKR_FUNCTION_NOT_SUPPORTED : function(arguments...);
  }

  // Counts how often the module was begun anew: all handles of an earlier count are void.
  std::uint64_t count();
  // C_Finalize and C_Initialize, which makes a module find its device again. Only when the count is still the
  // one that the caller saw, when this process' own part began it, and not more often than kBeginAnewPause.
  void begin_anew(std::uint64_t seen_count);

  // PINs that a token called wrong, by a keyed digest.
  bool was_wrong(std::string_view serial, const SecretBytes& pin);
  void remember_wrong(std::string_view serial, const SecretBytes& pin);

 private:
  Module(std::string path, CK_FUNCTION_LIST* functions) : path_(std::move(path)), functions_(functions) {}
  CK_RV initialize();
  Sha256 digest_of(std::string_view serial, const SecretBytes& pin) const;

  const std::string path_;
  CK_FUNCTION_LIST* const functions_;
  std::shared_mutex begun_;
  std::mutex turnstile_;  // so that begin_anew gets its turn however many call
  std::uint64_t count_ = 0;
  bool ours_ = false;  // nobody else in the process had begun it
  std::chrono::steady_clock::time_point begun_anew_at_;

  std::mutex wrong_pins_mutex_;
  const SecretBytes wrong_pins_key_ = random_secret(32);
  std::set<Sha256> wrong_pins_;
};

}  // namespace shomei::crypto::pkcs11
