#include "bent_module.h"

#include <dlfcn.h>
#include <stdlib.h>

#include <mutex>
#include <shared_mutex>

namespace {

BentControls controls;
CK_FUNCTION_LIST* real = nullptr;

// What takes sessions or the login from others falls between two calls, never into one: SoftHSM 2.6 frees
// twice when a session is closed while it signs.
std::shared_mutex calls;
std::mutex turnstile;  // so that who waits to be apart gets his turn

template <auto Function, class... Arguments>
CK_RV apart(Arguments... arguments) {
  const std::scoped_lock turn(turnstile);
  const std::unique_lock lock(calls);
  return (real->*Function)(arguments...);
}

template <auto Function, class... Arguments>
CK_RV beside(Arguments... arguments) {
  { const std::scoped_lock turn(turnstile); }
  const std::shared_lock lock(calls);
  return (real->*Function)(arguments...);
}

bool away() {
  return controls.no_token || controls.blind;
}

CK_RV initialize(void* arguments) {
  ++controls.begins;
  controls.blind = false;
  return real->C_Initialize(arguments);
}

CK_RV get_slot_list(CK_BBOOL with_token, CK_SLOT_ID* slots, CK_ULONG* count) {
  if (!away()) return real->C_GetSlotList(with_token, slots, count);
  *count = 0;
  return CKR_OK;
}

CK_RV get_token_info(CK_SLOT_ID slot, CK_TOKEN_INFO* info) {
  if (away()) return CKR_TOKEN_NOT_PRESENT;
  const CK_RV rv = real->C_GetTokenInfo(slot, info);
  info->flags |= controls.token_flags;
  if (controls.sessions_max != 0) info->ulMaxSessionCount = controls.sessions_max;
  return rv;
}

CK_RV get_mechanism_info(CK_SLOT_ID slot, CK_MECHANISM_TYPE type, CK_MECHANISM_INFO* info) {
  return type == controls.without ? CKR_MECHANISM_INVALID : real->C_GetMechanismInfo(slot, type, info);
}

CK_RV open_session(CK_SLOT_ID slot, CK_FLAGS flags, void* application, CK_NOTIFY notify,
                   CK_SESSION_HANDLE* session) {
  if (away()) return CKR_TOKEN_NOT_PRESENT;
  if (controls.sessions_max != 0 && static_cast<CK_ULONG>(controls.sessions) >= controls.sessions_max)
    return CKR_SESSION_COUNT;
  const CK_RV rv = beside<&CK_FUNCTION_LIST::C_OpenSession>(slot, flags, application, notify, session);
  if (rv == CKR_OK && ++controls.sessions > controls.most_sessions)
    controls.most_sessions = controls.sessions.load();
  return rv;
}

CK_RV close_session(CK_SESSION_HANDLE session) {
  --controls.sessions;
  return beside<&CK_FUNCTION_LIST::C_CloseSession>(session);
}

CK_RV login(CK_SESSION_HANDLE session, CK_USER_TYPE user, unsigned char* pin, CK_ULONG bytes) {
  ++controls.logins;
  return controls.login != CKR_OK ? controls.login.load()
                                  : beside<&CK_FUNCTION_LIST::C_Login>(session, user, pin, bytes);
}

CK_RV generate(CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_ATTRIBUTE* of_public,
               CK_ULONG public_count, CK_ATTRIBUTE* of_private, CK_ULONG private_count,
               CK_OBJECT_HANDLE* public_key, CK_OBJECT_HANDLE* private_key) {
  if (controls.generate != CKR_OK) return controls.generate;
  return real->C_GenerateKeyPair(session, mechanism, of_public, public_count, of_private, private_count,
                                 public_key, private_key);
}

CK_RV sign_init(CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE key) {
  ++controls.sign_inits;
  if (away()) return CKR_DEVICE_REMOVED;
  if (controls.sign_init != CKR_OK && controls.sign_init_times-- > 0) return controls.sign_init;
  if (mechanism->mechanism == controls.without) return CKR_MECHANISM_INVALID;
  return beside<&CK_FUNCTION_LIST::C_SignInit>(session, mechanism, key);
}

CK_RV sign(CK_SESSION_HANDLE session, unsigned char* bytes, CK_ULONG count, unsigned char* signature,
           CK_ULONG* length) {
  const CK_RV rv = beside<&CK_FUNCTION_LIST::C_Sign>(session, bytes, count, signature, length);
  if (rv == CKR_OK && controls.bend_signatures) signature[*length / 2] ^= 1;
  return rv;
}

}  // namespace

extern "C" BentControls* bent_controls() {
  return &controls;
}

extern "C" CK_RV C_GetFunctionList(CK_FUNCTION_LIST** list) {
  static CK_FUNCTION_LIST bent;
  void* const library = ::dlopen(::getenv("SHOMEI_BENT_REAL"), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return CKR_GENERAL_ERROR;
  const auto get = reinterpret_cast<CK_C_GetFunctionList>(::dlsym(library, "C_GetFunctionList"));
  if (const CK_RV rv = get(&real); rv != CKR_OK) return rv;
  bent = *real;
  bent.C_Initialize = initialize;
  bent.C_GetSlotList = get_slot_list;
  bent.C_GetTokenInfo = get_token_info;
  bent.C_GetMechanismInfo = get_mechanism_info;
  bent.C_OpenSession = open_session;
  bent.C_CloseSession = close_session;
  bent.C_Login = login;
  bent.C_GenerateKeyPair = generate;
  bent.C_SignInit = sign_init;
  bent.C_Sign = sign;
  bent.C_FindObjectsInit = beside<&CK_FUNCTION_LIST::C_FindObjectsInit>;
  bent.C_FindObjects = beside<&CK_FUNCTION_LIST::C_FindObjects>;
  bent.C_FindObjectsFinal = beside<&CK_FUNCTION_LIST::C_FindObjectsFinal>;
  bent.C_GetAttributeValue = beside<&CK_FUNCTION_LIST::C_GetAttributeValue>;
  bent.C_CloseAllSessions = apart<&CK_FUNCTION_LIST::C_CloseAllSessions>;
  bent.C_Logout = apart<&CK_FUNCTION_LIST::C_Logout>;
  bent.C_GetFunctionList = C_GetFunctionList;
  *list = &bent;
  return CKR_OK;
}
