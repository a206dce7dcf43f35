// The table of the interface, and the one symbol that leaves the module: C_GetFunctionList.
#include "pkcs11/interface_version.h"

namespace {

// What no card of this kind does, answered without looking at anything.
template <class Function>
struct NotSupported;
template <class... Arguments>
struct NotSupported<CK_RV (*)(Arguments...)> {
  static CK_RV call(Arguments...) { return CKR_FUNCTION_NOT_SUPPORTED; }
};

// Left over from the first version of the interface (PKCS#11 2.40, 5.17).
CK_RV not_parallel(CK_SESSION_HANDLE) {
  return CKR_FUNCTION_NOT_PARALLEL;
}

#define SHOMEI_NOT_SUPPORTED(name) .name = NotSupported<CK_##name>::call
CK_FUNCTION_LIST functions{
    .version = shomei::pkcs11::kInterfaceVersion,
    .C_Initialize = C_Initialize,
    .C_Finalize = C_Finalize,
    .C_GetInfo = C_GetInfo,
    .C_GetFunctionList = C_GetFunctionList,
    .C_GetSlotList = C_GetSlotList,
    .C_GetSlotInfo = C_GetSlotInfo,
    .C_GetTokenInfo = C_GetTokenInfo,
    .C_GetMechanismList = C_GetMechanismList,
    .C_GetMechanismInfo = C_GetMechanismInfo,
    SHOMEI_NOT_SUPPORTED(C_InitToken),
    SHOMEI_NOT_SUPPORTED(C_InitPIN),
    .C_SetPIN = C_SetPIN,
    .C_OpenSession = C_OpenSession,
    .C_CloseSession = C_CloseSession,
    .C_CloseAllSessions = C_CloseAllSessions,
    .C_GetSessionInfo = C_GetSessionInfo,
    SHOMEI_NOT_SUPPORTED(C_GetOperationState),
    SHOMEI_NOT_SUPPORTED(C_SetOperationState),
    .C_Login = C_Login,
    .C_Logout = C_Logout,
    SHOMEI_NOT_SUPPORTED(C_CreateObject),
    SHOMEI_NOT_SUPPORTED(C_CopyObject),
    SHOMEI_NOT_SUPPORTED(C_DestroyObject),
    .C_GetObjectSize = C_GetObjectSize,
    .C_GetAttributeValue = C_GetAttributeValue,
    SHOMEI_NOT_SUPPORTED(C_SetAttributeValue),
    .C_FindObjectsInit = C_FindObjectsInit,
    .C_FindObjects = C_FindObjects,
    .C_FindObjectsFinal = C_FindObjectsFinal,
    SHOMEI_NOT_SUPPORTED(C_EncryptInit),
    SHOMEI_NOT_SUPPORTED(C_Encrypt),
    SHOMEI_NOT_SUPPORTED(C_EncryptUpdate),
    SHOMEI_NOT_SUPPORTED(C_EncryptFinal),
    SHOMEI_NOT_SUPPORTED(C_DecryptInit),
    SHOMEI_NOT_SUPPORTED(C_Decrypt),
    SHOMEI_NOT_SUPPORTED(C_DecryptUpdate),
    SHOMEI_NOT_SUPPORTED(C_DecryptFinal),
    .C_DigestInit = C_DigestInit,
    .C_Digest = C_Digest,
    .C_DigestUpdate = C_DigestUpdate,
    SHOMEI_NOT_SUPPORTED(C_DigestKey),
    .C_DigestFinal = C_DigestFinal,
    .C_SignInit = C_SignInit,
    .C_Sign = C_Sign,
    .C_SignUpdate = C_SignUpdate,
    .C_SignFinal = C_SignFinal,
    SHOMEI_NOT_SUPPORTED(C_SignRecoverInit),
    SHOMEI_NOT_SUPPORTED(C_SignRecover),
    SHOMEI_NOT_SUPPORTED(C_VerifyInit),
    SHOMEI_NOT_SUPPORTED(C_Verify),
    SHOMEI_NOT_SUPPORTED(C_VerifyUpdate),
    SHOMEI_NOT_SUPPORTED(C_VerifyFinal),
    SHOMEI_NOT_SUPPORTED(C_VerifyRecoverInit),
    SHOMEI_NOT_SUPPORTED(C_VerifyRecover),
    SHOMEI_NOT_SUPPORTED(C_DigestEncryptUpdate),
    SHOMEI_NOT_SUPPORTED(C_DecryptDigestUpdate),
    SHOMEI_NOT_SUPPORTED(C_SignEncryptUpdate),
    SHOMEI_NOT_SUPPORTED(C_DecryptVerifyUpdate),
    SHOMEI_NOT_SUPPORTED(C_GenerateKey),
    SHOMEI_NOT_SUPPORTED(C_GenerateKeyPair),
    SHOMEI_NOT_SUPPORTED(C_WrapKey),
    SHOMEI_NOT_SUPPORTED(C_UnwrapKey),
    SHOMEI_NOT_SUPPORTED(C_DeriveKey),
    .C_SeedRandom = C_SeedRandom,
    .C_GenerateRandom = C_GenerateRandom,
    .C_GetFunctionStatus = not_parallel,
    .C_CancelFunction = not_parallel,
    .C_WaitForSlotEvent = C_WaitForSlotEvent,
};
#undef SHOMEI_NOT_SUPPORTED

}  // namespace

__attribute__((visibility("default"))) CK_RV C_GetFunctionList(CK_FUNCTION_LIST** list) {
  if (list == nullptr) return CKR_ARGUMENTS_BAD;
  *list = &functions;
  return CKR_OK;
}
