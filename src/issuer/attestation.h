// Attestation: the card's own word, signed with a key that the card maker certified, that a key was made
// inside it, for one challenge. Without it a request proves that somebody holds a key, and not that a card
// does. What is signed: docs/formats/card-issuer.md.
#pragma once

#include <span>
#include <string_view>

#include "base/result.h"
#include "card/kind.h"
#include "crypto/digest.h"
#include "crypto/private_key.h"
#include "issuer/maker.h"

namespace shomei::issuer {

struct Attestation {
  Bytes certificate;  // of the card's attestation key, DER
  Bytes signature;    // over the statement; ECDSA in DER
  bool operator==(const Attestation&) const = default;
};

// What a card is asked to say it for: of one request for a certificate, and of no other.
crypto::Sha256 attestation_challenge(std::string_view request);

// Whose card it is, when the evidence holds under one of the makers; never believed otherwise. Days are not
// looked at: a card's attestation key is as old as the card. malformed "attestation_form" {what}; refused
// "attestation_maker_unknown", "attestation_wrong" (made for another key, challenge, kind or card).
Result<TokenSerial> verify_attestation(const Attestation& evidence, card::Kind kind,
                                       const crypto::PublicKey& key, ByteView challenge,
                                       std::span<const pki::Certificate> makers);

// A card in software: for loads and tests that issue onto none. Its key is certified as any card's.
class SoftwareCard {
 public:
  static Result<SoftwareCard> make(const CardMaker& maker, const CardId& card, Instant from);
  Result<Attestation> attest(card::Kind kind, const crypto::PublicKey& key, ByteView challenge) const;

 private:
  SoftwareCard(TokenSerial serial, crypto::PrivateKey key, Bytes certificate)
      : serial_(serial), key_(std::move(key)), certificate_(std::move(certificate)) {}
  TokenSerial serial_;
  crypto::PrivateKey key_;
  Bytes certificate_;
};

}  // namespace shomei::issuer
