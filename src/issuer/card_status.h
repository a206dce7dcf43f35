// CardStatus: what a card says of itself over its channel (GET STATUS, docs/formats/card-issuer.md). It is
// believed as far as the channel is: nobody but the card can have said it.
#pragma once

#include <map>
#include <optional>
#include <utility>

#include "card/application.h"
#include "card/card_kind.h"
#include "crypto/digest.h"
#include "issuer/token_serial.h"

namespace shomei::issuer {

struct PinStatus {
  unsigned tries_left = 0;
  Bytes mark;  // another one after each setting of the PIN; says nothing of it
  bool operator==(const PinStatus&) const = default;
};

struct CardStatus {
  bool operational = false;
  card::CardKind kind{};
  TokenSerial token_serial{};
  std::map<card::PinId, PinStatus> pins;  // those that were set
  std::map<std::pair<card::ApplicationId, card::FileId>, crypto::Sha256> files;
  std::map<card::Kind, crypto::Sha256> keys, pending_keys;  // SHA-256 of the SubjectPublicKeyInfo

  bool has_pin(card::Kind of) const { return pins.contains(card::pin_id(of)); }
  // A PIN of a kind that has no key in use protects nothing, and is nobody's yet.
  bool has_pin_in_use(card::Kind of) const { return has_pin(of) && keys.contains(of); }
  bool holds(card::Kind of, const crypto::Sha256& certificate) const;
  bool has_pending(card::Kind of, const crypto::Sha256& key) const;
};

Result<CardStatus> parse_card_status(ByteView answer);  // malformed "card_status_form" {what}

}  // namespace shomei::issuer
