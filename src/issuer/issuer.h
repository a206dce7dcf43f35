// Issuer: who made a card and may speak to its security domain: a master key, of which every card's own keys
// are made, and the card maker. Neither leaves this side.
#pragma once

#include "card/card_kind.h"
#include "card/channel/key_set.h"
#include "crypto/private_key.h"
#include "issuer/maker.h"

namespace shomei::issuer {

inline constexpr std::size_t kMasterKeyBytes = 32;  // AES-256, and so are the cards' keys
inline constexpr std::uint8_t kKeyVersion = 1;

// What a card gets at the factory and keeps for its life.
struct FactoryData {
  TokenSerial token_serial{};
  Diversification diversification{};
  card::channel::KeySet keys;
  crypto::PrivateKey attestation_key;
  Bytes attestation_certificate;
};

class Issuer {
 public:
  // malformed "card_master_form" when it is not of that length.
  static Result<Issuer> open(SecretBytes master, CardMaker maker);

  const CardMaker& maker() const { return maker_; }

  // The keys of the card of that diversification data. refused "card_key_version" {version}.
  Result<card::channel::KeySet> keys_of(std::uint8_t version, ByteView diversification) const;
  // For the card that the register knows under that identifier. The same card made twice has the same number
  // and keys for its channel, and another attestation key.
  Result<FactoryData> make_card(const CardId& card, Instant now) const;

 private:
  Issuer(SecretBytes master, CardMaker maker) : master_(std::move(master)), maker_(std::move(maker)) {}
  SecretBytes master_;
  CardMaker maker_;
};

}  // namespace shomei::issuer
