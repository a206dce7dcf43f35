// Signing, digesting, random numbers (PKCS#11 2.40, 5.10, 5.11, 5.16).
#include <algorithm>
#include <utility>

#include "pkcs11/call.h"

namespace shomei::pkcs11 {
namespace {

constexpr CK_ULONG kRandomBytesMax = 1024 * 1024;  // some four thousand commands

// Has the application room for so many bytes? Asking without a buffer tells the length and ends nothing.
enum class Room { enough, asked, too_small };
Room room_for(std::size_t bytes, const unsigned char* out, CK_ULONG* length) {
  const CK_ULONG room = *length;
  if (out != nullptr && room >= bytes) return Room::enough;
  *length = bytes;
  return out == nullptr ? Room::asked : Room::too_small;
}

CK_RV begin_signing(Session& session, const CK_MECHANISM& given, CK_OBJECT_HANDLE key) {
  if (session.signing) return CKR_OPERATION_ACTIVE;
  const auto& card = *session.card;
  const auto& objects = card.objects(session.kind);
  if (!card.logged_in(session.kind)) return CKR_USER_NOT_LOGGED_IN;
  if (objects.find(key) == nullptr) return CKR_KEY_HANDLE_INVALID;
  if (key != kPrivateKeyHandle) return CKR_KEY_FUNCTION_NOT_PERMITTED;
  const auto* mechanism = find_mechanism(given.mechanism, objects.key->kind);
  if (mechanism == nullptr || !mechanism->key) return CKR_MECHANISM_INVALID;
  SHOMEI_CHECK(check_parameter(*mechanism, given));
  session.signing.emplace(*mechanism, objects.key->signature_bytes());
  session.signing_in_parts = false;
  return CKR_OK;
}

CK_RV add(Session& session, const unsigned char* data, CK_ULONG length) {
  const auto added = is_readable(data, length) ? session.signing->add(bytes_of(data, length))
                                               : Outcome<void>(Refusal{CKR_ARGUMENTS_BAD});
  if (added) return CKR_OK;
  session.end_signing();
  return added.error();
}

// Ends the operation, whatever comes of it.
CK_RV finish(Session& session, unsigned char* signature, CK_ULONG* length) {
  auto question = session.signing->finish();
  if (!question) {
    session.end_signing();
    return question.error();
  }
  session.signing.reset();
  const auto consent = std::exchange(session.consent, {});
  SHOMEI_TRY(const auto made, session.card->sign(session.kind, *question, consent));
  if (made.size() > *length) return CKR_DEVICE_ERROR;  // not what the certificate's key makes
  std::ranges::copy(made, signature);
  *length = made.size();
  return CKR_OK;
}

CK_RV answer_room(Room room) {
  return room == Room::asked ? CKR_OK : CKR_BUFFER_TOO_SMALL;
}

CK_RV finish_digest(Session& session, unsigned char* digest, CK_ULONG* length) {
  const auto made = session.digesting->finish();
  session.digesting.reset();
  std::ranges::copy(made, digest);
  *length = made.size();
  return CKR_OK;
}

}  // namespace
}  // namespace shomei::pkcs11

using namespace shomei::pkcs11;

CK_RV C_SignInit(CK_SESSION_HANDLE handle, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE key) {
  return with_session(handle, [&](Library&, Session& session) -> CK_RV {
    if (mechanism == nullptr) return CKR_ARGUMENTS_BAD;
    return begin_signing(session, *mechanism, key);
  });
}

// C_Sign and C_Digest end no operation that C_SignUpdate or C_DigestUpdate has begun (PKCS#11 2.40, 5.10.2
// and 5.11.2): to them there is none.
CK_RV C_Sign(CK_SESSION_HANDLE handle, unsigned char* data, CK_ULONG data_length, unsigned char* signature,
             CK_ULONG* length) {
  return with_session(handle, [&](Library&, Session& session) -> CK_RV {
    if (!session.signing) return CKR_OPERATION_NOT_INITIALIZED;
    if (length == nullptr || session.signing_in_parts) {
      session.end_signing();
      return length == nullptr ? CKR_ARGUMENTS_BAD : CKR_OPERATION_NOT_INITIALIZED;
    }
    const auto room = room_for(session.signing->signature_bytes(), signature, length);
    if (room != Room::enough) return answer_room(room);
    if (const CK_RV rv = add(session, data, data_length); rv != CKR_OK) return rv;
    return finish(session, signature, length);
  });
}

CK_RV C_SignUpdate(CK_SESSION_HANDLE handle, unsigned char* data, CK_ULONG data_length) {
  return with_session_unseen(handle, [&](Session& session) -> CK_RV {
    if (!session.signing) return CKR_OPERATION_NOT_INITIALIZED;
    session.signing_in_parts = true;
    return add(session, data, data_length);
  });
}

CK_RV C_SignFinal(CK_SESSION_HANDLE handle, unsigned char* signature, CK_ULONG* length) {
  return with_session(handle, [&](Library&, Session& session) -> CK_RV {
    if (!session.signing) return CKR_OPERATION_NOT_INITIALIZED;
    if (length == nullptr) {
      session.end_signing();
      return CKR_ARGUMENTS_BAD;
    }
    const auto room = room_for(session.signing->signature_bytes(), signature, length);
    return room == Room::enough ? finish(session, signature, length) : answer_room(room);
  });
}

CK_RV C_DigestInit(CK_SESSION_HANDLE handle, CK_MECHANISM* given) {
  return with_session(handle, [&](Library&, Session& session) -> CK_RV {
    if (given == nullptr) return CKR_ARGUMENTS_BAD;
    if (session.digesting) return CKR_OPERATION_ACTIVE;
    const auto* mechanism = find_mechanism(given->mechanism, session.card->key_kind());
    if (mechanism == nullptr || mechanism->key) return CKR_MECHANISM_INVALID;
    SHOMEI_CHECK(check_parameter(*mechanism, *given));
    session.digesting.emplace(*mechanism->digest);
    session.digesting_in_parts = false;
    session.digest_bytes = shomei::crypto::digest_bytes(*mechanism->digest);
    return CKR_OK;
  });
}

CK_RV C_DigestUpdate(CK_SESSION_HANDLE handle, unsigned char* data, CK_ULONG length) {
  return with_session_unseen(handle, [&](Session& session) -> CK_RV {
    if (!session.digesting) return CKR_OPERATION_NOT_INITIALIZED;
    if (!is_readable(data, length)) {
      session.digesting.reset();
      return CKR_ARGUMENTS_BAD;
    }
    session.digesting_in_parts = true;
    session.digesting->add(bytes_of(data, length));
    return CKR_OK;
  });
}

CK_RV C_DigestFinal(CK_SESSION_HANDLE handle, unsigned char* digest, CK_ULONG* length) {
  return with_session(handle, [&](Library&, Session& session) -> CK_RV {
    if (!session.digesting) return CKR_OPERATION_NOT_INITIALIZED;
    if (length == nullptr) {
      session.digesting.reset();
      return CKR_ARGUMENTS_BAD;
    }
    const auto room = room_for(session.digest_bytes, digest, length);
    return room == Room::enough ? finish_digest(session, digest, length) : answer_room(room);
  });
}

CK_RV C_Digest(CK_SESSION_HANDLE handle, unsigned char* data, CK_ULONG data_length, unsigned char* digest,
               CK_ULONG* length) {
  return with_session(handle, [&](Library&, Session& session) -> CK_RV {
    if (!session.digesting) return CKR_OPERATION_NOT_INITIALIZED;
    const bool bad = length == nullptr || !is_readable(data, data_length);
    if (bad || session.digesting_in_parts) {
      session.digesting.reset();
      return bad ? CKR_ARGUMENTS_BAD : CKR_OPERATION_NOT_INITIALIZED;
    }
    const auto room = room_for(session.digest_bytes, digest, length);
    if (room != Room::enough) return answer_room(room);
    session.digesting->add(bytes_of(data, data_length));
    return finish_digest(session, digest, length);
  });
}

// The card's generator wants no seed, and takes none.
CK_RV C_SeedRandom(CK_SESSION_HANDLE handle, unsigned char* seed, CK_ULONG length) {
  return with_session(handle, [&](Library&, Session&) -> CK_RV {
    if (!is_readable(seed, length)) return CKR_ARGUMENTS_BAD;
    return CKR_RANDOM_SEED_NOT_SUPPORTED;
  });
}

CK_RV C_GenerateRandom(CK_SESSION_HANDLE handle, unsigned char* random, CK_ULONG length) {
  return with_session(handle, [&](Library&, Session& session) -> CK_RV {
    if (random == nullptr || length > kRandomBytesMax) return CKR_ARGUMENTS_BAD;
    SHOMEI_CHECK(session.card->fill_random({random, length}));
    return CKR_OK;
  });
}
