// Session: one application's session with one token. Guarded by its card's lock.
#pragma once

#include <p11-kit/pkcs11.h>

#include <memory>
#include <optional>
#include <vector>

#include "pkcs11/card.h"

namespace shomei::pkcs11 {

struct Session {
  std::shared_ptr<Card> card;
  card::Kind kind;
  CK_SLOT_ID slot;
  CK_FLAGS flags;
  std::uint64_t presence;  // of the card that it was opened with

  // The operations of PKCS#11, at most one of each.
  std::optional<std::vector<CK_OBJECT_HANDLE>> found;  // what FindObjects has still to tell, last first
  std::optional<Signing> signing;
  std::optional<Card::Consent> consent;  // of the person to this signature, and to no other session's
  bool signing_in_parts = false;
  std::optional<crypto::DigestStream> digesting;
  std::size_t digest_bytes = 0;
  bool digesting_in_parts = false;

  void withdraw_consent() {
    if (consent) card->withdraw(*consent);
    consent.reset();
  }
  void end_signing() {
    withdraw_consent();
    signing.reset();
  }
};

}  // namespace shomei::pkcs11
