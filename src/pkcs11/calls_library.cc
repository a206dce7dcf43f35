// C_Initialize, C_Finalize, C_GetInfo (PKCS#11 2.40, 5.4).
#include "base/version.h"
#include "pkcs11/call.h"

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
    info->cryptokiVersion = {CRYPTOKI_VERSION_MAJOR, CRYPTOKI_VERSION_MINOR};
    fill(info->manufacturerID, "shomei");
    fill(info->libraryDescription, "shomei: the JPKI card");
    info->libraryVersion = {0, 1};
    return CKR_OK;
  });
}
