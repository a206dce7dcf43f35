// C_Initialize, C_Finalize, C_GetInfo (PKCS#11 2.40, 5.4).
#include "base/version.h"
#include "pkcs11/call.h"
#include "pkcs11/interface_version.h"

namespace shomei::pkcs11 {
namespace {

// This library makes its locks with those of the operating system. Without CKF_OS_LOCKING_OK an application
// that calls from several threads wants its own used, which is not done here; one that has none does not call
// so.
CK_RV check_arguments(const CK_C_INITIALIZE_ARGS& arguments) {
  if (arguments.pReserved != nullptr) return CKR_ARGUMENTS_BAD;
  const int given = (arguments.CreateMutex != nullptr) + (arguments.DestroyMutex != nullptr) +
                    (arguments.LockMutex != nullptr) + (arguments.UnlockMutex != nullptr);
  if (given != 0 && given != 4) return CKR_ARGUMENTS_BAD;
  if (given == 4 && (arguments.flags & CKF_OS_LOCKING_OK) == 0) return CKR_CANT_LOCK;
  return CKR_OK;
}

// "shomei 0.1.0"
constexpr CK_VERSION version_of(std::string_view software) {
  CK_BYTE numbers[2]{};
  std::size_t at = 0;
  for (const char c : software.substr(software.find(' ') + 1)) {
    if (c == '.' && ++at == 2) break;
    if (c != '.') numbers[at] = static_cast<CK_BYTE>(10 * numbers[at] + (c - '0'));
  }
  return {numbers[0], numbers[1]};
}
static_assert(version_of("shomei 12.34.5").major == 12 && version_of("shomei 12.34.5").minor == 34);

}  // namespace
}  // namespace shomei::pkcs11

using namespace shomei::pkcs11;

CK_RV C_Initialize(void* arguments) {
  return guarded([&]() -> CK_RV {
    if (arguments != nullptr) {
      const CK_RV rv = check_arguments(*static_cast<const CK_C_INITIALIZE_ARGS*>(arguments));
      if (rv != CKR_OK) return rv;
    }
    return begin_library();
  });
}

CK_RV C_Finalize(void* reserved) {
  if (reserved != nullptr) return CKR_ARGUMENTS_BAD;
  return guarded([] { return end_library(); });
}

CK_RV C_GetInfo(CK_INFO* info) {
  return with_library([&](Library&) -> CK_RV {
    if (info == nullptr) return CKR_ARGUMENTS_BAD;
    *info = {};
    info->cryptokiVersion = kInterfaceVersion;
    fill(info->manufacturerID, "shomei");
    fill(info->libraryDescription, "shomei: the JPKI card");
    info->libraryVersion = version_of(shomei::kSoftware);
    return CKR_OK;
  });
}
