#include "counter/card_policy.h"

namespace shomei::counter {

Result<std::optional<issuer::TokenSerial>> check_attestation(
    const Parts& parts, pki::CertificateKind kind, const crypto::PublicKey& key, std::string_view challenge,
    const std::optional<issuer::Attestation>& evidence) {
  using Attested = std::optional<issuer::TokenSerial>;
  if (!parts.cards) return Attested{};
  if (!evidence && parts.cards->attestation_required) return refused("attestation_missing");
  if (!evidence) return Attested{};
  SHOMEI_TRY(const auto serial,
             issuer::verify_attestation(*evidence, card_kind(kind), key,
                                        issuer::attestation_challenge(challenge), parts.cards->makers));
  return Attested{serial};
}

Result<void> expect_card(const std::optional<issuer::TokenSerial>& attested, const CardId& card) {
  if (!attested || *attested == issuer::token_serial_of(card)) return {};
  return refused("attestation_of_another_card", {{"card", card.text()}});
}

void put_attested(journal::Fields& person, const std::optional<issuer::TokenSerial>& attested) {
  if (attested) person.insert_or_assign(std::string(journal::field::kAttested), to_bytes(*attested));
}

card::Kind card_kind(pki::CertificateKind kind) {
  return kind == pki::CertificateKind::signature ? card::Kind::signature : card::Kind::user_authentication;
}

pki::CertificateKind certificate_kind(card::Kind kind) {
  return kind == card::Kind::signature ? pki::CertificateKind::signature
                                       : pki::CertificateKind::user_authentication;
}

}  // namespace shomei::counter
