#include "tests/faults/disturbed_token.h"

#include <dlfcn.h>
#include <p11-kit/pkcs11.h>

#include <chrono>
#include <cstdlib>
#include <random>

#include "tests/crypto/bent_module.h"

namespace shomei::test {
namespace {

using std::chrono::milliseconds;

constexpr std::chrono::seconds kUseMax{1};

struct Module {
  BentControls& controls;
  CK_FUNCTION_LIST& functions;
};

Module loaded(const std::string& path) {
  void* const library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) std::abort();
  const auto controls = reinterpret_cast<BentControls* (*)()>(::dlsym(library, "bent_controls"));
  CK_FUNCTION_LIST* list = nullptr;
  reinterpret_cast<CK_C_GetFunctionList>(::dlsym(library, "C_GetFunctionList"))(&list);
  return {*controls(), *list};
}

void close_all_sessions(const Module& module) {
  CK_SLOT_ID slots[8];
  CK_ULONG count = 8;
  if (module.functions.C_GetSlotList(CK_TRUE, slots, &count) != CKR_OK) return;
  for (CK_ULONG i = 0; i < count; ++i) module.functions.C_CloseAllSessions(slots[i]);
}

void log_out(const Module& module) {
  CK_SLOT_ID slots[8];
  CK_ULONG count = 8;
  if (module.functions.C_GetSlotList(CK_TRUE, slots, &count) != CKR_OK) return;
  for (CK_ULONG i = 0; i < count; ++i) {
    CK_SESSION_HANDLE session = CK_INVALID_HANDLE;
    if (module.functions.C_OpenSession(slots[i], CKF_SERIAL_SESSION, nullptr, nullptr, &session) != CKR_OK)
      continue;
    module.functions.C_Logout(session);
    module.functions.C_CloseSession(session);
  }
}

// How long it lasts: the token is whole again when it is over.
void disturb(const Module& module, std::mt19937_64& random) {
  const milliseconds a_while(random() % 15);
  switch (random() % 6) {
    case 0:
      return close_all_sessions(module);
    case 1:
      return log_out(module);
    case 2:
      module.controls.no_token = true;
      std::this_thread::sleep_for(a_while);
      module.controls.no_token = false;
      return;
    case 3:
      module.controls.blind = true;
      return;
    case 4:
      module.controls.sign_init_times = static_cast<int>(random() % 5);
      module.controls.sign_init = random() % 2 == 0 ? CKR_DEVICE_ERROR : CKR_SESSION_HANDLE_INVALID;
      return;
    default:
      module.controls.bend_signatures = true;
      std::this_thread::sleep_for(a_while);
      module.controls.bend_signatures = false;
  }
}

// Once the keys have been in use again for a while, however slow the machine is.
void await_use(const Module& module, int signatures, const std::stop_token& stop) {
  const auto late = std::chrono::steady_clock::now() + kUseMax;
  const int before = module.controls.sign_inits;
  while (!stop.stop_requested() && module.controls.sign_inits < before + signatures &&
         std::chrono::steady_clock::now() < late)
    std::this_thread::sleep_for(milliseconds(1));
}

}  // namespace

DisturbedToken::DisturbedToken(const std::string& module, std::uint64_t seed)
    : thread_([module = loaded(module), seed](const std::stop_token& stop) {
        std::mt19937_64 random(seed);
        while (!stop.stop_requested()) {
          await_use(module, static_cast<int>(2 + random() % 20), stop);
          disturb(module, random);
        }
      }) {}

DisturbedToken::~DisturbedToken() = default;

}  // namespace shomei::test
