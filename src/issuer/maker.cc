#include "issuer/maker.h"

#include <algorithm>

#include "crypto/random.h"
#include "issuer/card_name.h"
#include "pki/extension.h"
#include "pki/signed_object.h"

namespace shomei::issuer {
namespace {

using pki::KeyUsage;
using pki::NameAttribute;

constexpr int kMakerYears = 30;
constexpr std::size_t kSerialBytes = 16;

// RFC 5280 4.1.2.2: positive, and of no more than 20 bytes.
Result<pki::SerialNumber> new_serial() {
  Bytes random = crypto::random_bytes(kSerialBytes);
  random[0] = static_cast<std::uint8_t>((random[0] & 0x3F) | 0x40);
  return pki::SerialNumber::of_magnitude(random);
}

Result<pki::Certificate> sign(const pki::TbsCertificate& tbs, crypto::Signer& signer) {
  const Bytes der = pki::encode_tbs(tbs);
  SHOMEI_TRY(const auto signature, signer.sign(der));
  return pki::parse_certificate(pki::assemble_signed(der, signer.algorithm(), signature));
}

pki::Name maker_name(std::string_view organization) {
  pki::Name name;
  name.add(NameAttribute::country, "JP");
  name.add(NameAttribute::organization, organization);
  name.add(NameAttribute::common_name, "Card Maker");
  return name;
}

}  // namespace

Result<pki::Certificate> make_maker_certificate(std::string_view organization, crypto::Signer& signer,
                                                Instant from) {
  const auto name = maker_name(organization);
  SHOMEI_TRY(const auto serial, new_serial());
  const auto& key = signer.public_key();
  return sign({serial,
               signer.algorithm(),
               name,
               from,
               last_second(add_days(add_years(jst_date(from), kMakerYears), -1)),
               name,
               key,
               {pki::key_usage({KeyUsage::key_cert_sign}), pki::basic_constraints_of_authority(),
                pki::subject_key_identifier(key)}},
              signer);
}

Result<CardMaker> CardMaker::open(ByteView certificate, crypto::Signer& signer) {
  SHOMEI_TRY(auto parsed, pki::parse_certificate(certificate));
  if (!(parsed.tbs.key == signer.public_key())) return internal("maker_key_differs");
  return CardMaker(std::move(parsed), signer);
}

Result<pki::Certificate> CardMaker::certify(const crypto::PublicKey& attestation_key,
                                            const TokenSerial& serial, Instant from) const {
  const auto& own = certificate_.tbs;
  SHOMEI_TRY(auto subject, card_name(own.subject.values(NameAttribute::organization), serial));
  SHOMEI_TRY(const auto number, new_serial());
  // A demo's clock may stand before the day on which its maker began.
  return sign({number,
               signer_->algorithm(),
               own.subject,
               std::max(from, own.not_before),
               own.not_after,
               std::move(subject),
               attestation_key,
               {pki::key_usage({KeyUsage::digital_signature}),
                pki::authority_key_identifier(own.key, own.issuer, own.serial),
                pki::subject_key_identifier(attestation_key)}},
              *signer_);
}

}  // namespace shomei::issuer
