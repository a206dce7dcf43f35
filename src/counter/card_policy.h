// CardPolicy: what an authority demands of the cards for whose keys it issues.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "counter/card_contents.h"
#include "counter/parts.h"
#include "issuer/attestation.h"
#include "issuer/issuer.h"

namespace shomei::counter {

struct CardPolicy {
  std::vector<pki::Certificate> makers;    // whose cards are believed
  bool attestation_required = true;        // false: a key may come without
  const issuer::Issuer* issuer = nullptr;  // who may speak to cards; null: nobody here
  // The memory of a virtual card as it leaves the factory, for a counter that keeps its box. None: there are
  // no virtual cards for counters.
  std::function<Result<SecretBytes>(const CardId&)> blank_card = {};
  // What a card says of its holder beside the certificates. None: nothing.
  MakeCardContents contents = {};
};

// Which card made the key, by its own word for the request; none when it says nothing and nothing is
// demanded. What is said must hold in any case. Nothing is asked by parts without a policy. refused
// "attestation_missing"; what issuer::verify_attestation says.
Result<std::optional<issuer::TokenSerial>> check_attestation(
    const Parts& parts, pki::CertificateKind kind, const crypto::PublicKey& key, std::string_view challenge,
    const std::optional<issuer::Attestation>& evidence);

// Whether it is the card that the register knows under that identifier: refused
// "attestation_of_another_card" {card}.
Result<void> expect_card(const std::optional<issuer::TokenSerial>& attested, const CardId& card);

// What the intent keeps of it: the number of the card that made the key.
void put_attested(journal::Fields& person, const std::optional<issuer::TokenSerial>& attested);

card::Kind card_kind(pki::CertificateKind kind);
pki::CertificateKind certificate_kind(card::Kind kind);

}  // namespace shomei::counter
