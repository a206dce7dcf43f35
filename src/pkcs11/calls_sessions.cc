// Sessions, logging in and out, changing a PIN (PKCS#11 2.40, 5.5 and 5.6).
#include "pkcs11/call.h"

namespace shomei::pkcs11 {
namespace {

// Far longer than any PIN; the length is the application's word.
constexpr CK_ULONG kPinBytesMax = 255;

Outcome<shomei::SecretBytes> pin_of(const unsigned char* pin, CK_ULONG length) {
  if (pin == nullptr) return Refusal{CKR_ARGUMENTS_BAD};  // no reader's own keys are used
  if (length > kPinBytesMax) return Refusal{CKR_PIN_LEN_RANGE};
  return shomei::SecretBytes(bytes_of(pin, length));
}

CK_STATE state_of(const Session& session) {
  const bool writes = (session.flags & CKF_RW_SESSION) != 0;
  if (session.card->logged_in(session.kind)) return writes ? CKS_RW_USER_FUNCTIONS : CKS_RO_USER_FUNCTIONS;
  return writes ? CKS_RW_PUBLIC_SESSION : CKS_RO_PUBLIC_SESSION;
}

CK_RV login(Session& session, CK_USER_TYPE user, const shomei::SecretBytes& pin) {
  auto& card = *session.card;
  if (user == CKU_CONTEXT_SPECIFIC) {
    if (!session.signing) return CKR_OPERATION_NOT_INITIALIZED;
    session.withdraw_consent();  // the last word counts, whatever it is
    SHOMEI_TRY(session.consent, card.allow_signature(session.kind, pin));
    return CKR_OK;
  }
  if (user != CKU_USER) return CKR_USER_TYPE_INVALID;  // the issuer's rights are not for an application
  if (card.logged_in(session.kind)) return CKR_USER_ALREADY_LOGGED_IN;
  SHOMEI_TRY(const auto known, card.pin_state(session.kind));
  if (!known.is_set) return CKR_USER_PIN_NOT_INITIALIZED;
  SHOMEI_CHECK(card.login(session.kind, pin));
  return CKR_OK;
}

// What the login was for goes on in no session of the token: neither a signature nor a list that tells of the
// private key. The card's lock is held.
void end_operations(Library& library, CK_SLOT_ID slot) {
  for (const auto handle : library.sessions_of(slot)) {
    const auto session = library.session(handle);
    if (!session) continue;
    (*session)->end_signing();
    (*session)->found.reset();
  }
}

}  // namespace
}  // namespace shomei::pkcs11

using namespace shomei::pkcs11;

CK_RV C_OpenSession(CK_SLOT_ID id, CK_FLAGS flags, void*, CK_NOTIFY, CK_SESSION_HANDLE* handle) {
  return with_slot(id, [&](Library& library, const Slot& slot) -> CK_RV {
    if (handle == nullptr) return CKR_ARGUMENTS_BAD;
    if ((flags & CKF_SERIAL_SESSION) == 0) return CKR_SESSION_PARALLEL_NOT_SUPPORTED;
    SHOMEI_CHECK(slot.card->recognise(slot.kind));
    SHOMEI_TRY(*handle, library.open({.card = slot.card,
                                      .kind = slot.kind,
                                      .slot = id,
                                      .flags = flags & (CKF_SERIAL_SESSION | CKF_RW_SESSION),
                                      .presence = slot.card->presence()}));
    return CKR_OK;
  });
}

CK_RV C_CloseSession(CK_SESSION_HANDLE handle) {
  return with_any_session(handle, [&](Library& library, Session&) -> CK_RV {
    SHOMEI_CHECK(library.close(handle));
    return CKR_OK;
  });
}

CK_RV C_CloseAllSessions(CK_SLOT_ID id) {
  return with_slot(id, [&](Library& library, const Slot&) -> CK_RV {
    for (const auto handle : library.sessions_of(id)) (void)library.close(handle);
    return CKR_OK;
  });
}

CK_RV C_GetSessionInfo(CK_SESSION_HANDLE handle, CK_SESSION_INFO* info) {
  return with_session(handle, [&](Library&, Session& session) -> CK_RV {
    if (info == nullptr) return CKR_ARGUMENTS_BAD;
    *info = {.slotID = session.slot, .state = state_of(session), .flags = session.flags, .ulDeviceError = 0};
    return CKR_OK;
  });
}

CK_RV C_Login(CK_SESSION_HANDLE handle, CK_USER_TYPE user, unsigned char* pin, CK_ULONG length) {
  return with_session(handle, [&](Library&, Session& session) -> CK_RV {
    SHOMEI_TRY(const auto secret, pin_of(pin, length));
    return login(session, user, secret);
  });
}

CK_RV C_Logout(CK_SESSION_HANDLE handle) {
  return with_session(handle, [&](Library& library, Session& session) -> CK_RV {
    if (!session.card->logged_in(session.kind)) return CKR_USER_NOT_LOGGED_IN;
    end_operations(library, session.slot);
    SHOMEI_CHECK(session.card->logout(session.kind));
    return CKR_OK;
  });
}

CK_RV C_SetPIN(CK_SESSION_HANDLE handle, unsigned char* old_pin, CK_ULONG old_length, unsigned char* new_pin,
               CK_ULONG new_length) {
  return with_session(handle, [&](Library&, Session& session) -> CK_RV {
    SHOMEI_TRY(const auto old_secret, pin_of(old_pin, old_length));
    SHOMEI_TRY(const auto new_secret, pin_of(new_pin, new_length));
    if ((session.flags & CKF_RW_SESSION) == 0) return CKR_SESSION_READ_ONLY;
    SHOMEI_CHECK(session.card->change_pin(session.kind, old_secret, new_secret));
    return CKR_OK;
  });
}
