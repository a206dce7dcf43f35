#include "issuer/attestation.h"

#include <algorithm>

#include "base/limits.h"
#include "card/attestation.h"
#include "issuer/card_name.h"

namespace shomei::issuer {
namespace {

constexpr std::size_t kSignatureBytesMax = 80;  // two integers of 33 bytes in a SEQUENCE

Error bad_form(std::string_view what) {
  return malformed("attestation_form", {{"what", std::string(what)}});
}

Bytes statement_of(const TokenSerial& serial, card::Kind kind, ByteView challenge,
                   const crypto::PublicKey& key) {
  return card::attestation_statement(
      {.token_serial = serial, .file = card::key_file(kind), .challenge = challenge, .spki = key.spki()});
}

bool made_by(const pki::Certificate& certificate, const pki::Certificate& maker) {
  return certificate.tbs.issuer == maker.tbs.subject && pki::verify_signature(certificate, maker.tbs.key);
}

}  // namespace

crypto::Sha256 attestation_challenge(std::string_view request) {
  return crypto::sha256({view("shomei attestation challenge v1"), Bytes{0}, view(request)});
}

Result<TokenSerial> verify_attestation(const Attestation& evidence, card::Kind kind,
                                       const crypto::PublicKey& key, ByteView challenge,
                                       std::span<const pki::Certificate> makers) {
  if (evidence.certificate.size() > limits::kCertificateBytesMax) return bad_form("the certificate's length");
  if (evidence.signature.size() > kSignatureBytesMax) return bad_form("the signature's length");
  const auto certificate = pki::parse_certificate(evidence.certificate);
  if (!certificate) return bad_form("the certificate");
  // A maker's own certificate is no card's, though it stands under the maker.
  if (certificate->tbs.find(pki::extension_id::basic_constraints()))
    return bad_form("an authority's certificate");
  if (certificate->tbs.key.type() != crypto::KeyType::ec_p256) return bad_form("the type of the card's key");
  if (std::ranges::none_of(makers, [&](const auto& maker) { return made_by(*certificate, maker); }))
    return refused("attestation_maker_unknown");
  SHOMEI_TRY(const auto serial, token_serial_in(certificate->tbs.subject));
  const auto holds =
      certificate->tbs.key.verify(crypto::SignatureAlgorithm::ecdsa_sha256,
                                  statement_of(serial, kind, challenge, key), evidence.signature);
  if (!holds) return refused("attestation_wrong");
  return serial;
}

Result<SoftwareCard> SoftwareCard::make(const CardMaker& maker, const CardId& card, Instant from) {
  auto key = crypto::PrivateKey::generate(crypto::KeyType::ec_p256);
  const auto serial = token_serial_of(card);
  SHOMEI_TRY(auto certificate, maker.certify(key.public_key(), serial, from));
  return SoftwareCard(serial, std::move(key), std::move(certificate.der));
}

Result<Attestation> SoftwareCard::attest(card::Kind kind, const crypto::PublicKey& key,
                                         ByteView challenge) const {
  SHOMEI_TRY(auto signature, key_.sign(statement_of(serial_, kind, challenge, key)));
  return Attestation{certificate_, std::move(signature)};
}

}  // namespace shomei::issuer
