#include "authority/ceremony.h"

#include "crypto/random.h"
#include "pki/extension.h"

namespace shomei::authority {
namespace {

using pki::CertificateKind;
using pki::KeyUsage;
using pki::NameAttribute;

constexpr std::size_t kResponderSerialBytes = 16;

Instant end_of_authority(Instant from, int years) {
  return last_second(add_days(add_years(jst_date(from), years), -1));
}

}  // namespace

Result<pki::Certificate> make_authority_certificate(const Profile& profile, CertificateKind kind,
                                                    const pki::SerialNumber& serial, crypto::Signer& signer,
                                                    Instant now) {
  const pki::Name name = authority_name(profile, kind);
  const pki::TbsCertificate tbs{serial,
                                signer.algorithm(),
                                name,
                                now,
                                end_of_authority(now, profile.authority_years),
                                name,
                                signer.public_key(),
                                {pki::key_usage({KeyUsage::key_cert_sign, KeyUsage::crl_sign}),
                                 pki::subject_alt_directory_name(authority_alternative_name(profile, kind)),
                                 pki::basic_constraints_of_authority(), pki::crl_distribution_point(name),
                                 pki::subject_key_identifier(signer.public_key())}};
  return sign_certificate(pki::encode_tbs(tbs), signer);
}

Result<journal::AuthorityRecord> found_authority(const Profile& profile, CertificateKind kind,
                                                 std::uint32_t generation, crypto::Signer& signer,
                                                 journal::Journal& journal) {
  // The first generation is number 1, as the real ones are (jpki-facts 2.1). People's numbers are longer.
  SHOMEI_TRY(const auto serial,
             pki::SerialNumber::of_magnitude(Bytes{static_cast<std::uint8_t>(generation)}));
  SHOMEI_TRY(const auto certificate,
             make_authority_certificate(profile, kind, serial, signer, journal.clock().now()));
  const journal::AuthorityRecord record{std::string(pki::name(kind)) + "-" + std::to_string(generation), kind,
                                        generation, serial_space_of(certificate.tbs.subject),
                                        certificate.der};
  SHOMEI_TRY(auto transaction, journal.begin());
  SHOMEI_CHECK(transaction.rows().insert(record));
  journal::Draft draft{.act = crypto::ordered_identifier<ActId>()};
  draft.status = {journal::AuthorityAdded{record.name, record.certificate}};
  draft.officer = {{std::string(journal::field::kAct), to_bytes("found_authority")},
                   {std::string(journal::field::kActor), to_bytes("ceremony")}};
  SHOMEI_CHECK(transaction.append(draft));
  SHOMEI_CHECK(transaction.commit());
  return record;
}

Result<pki::Certificate> make_responder_certificate(const Authority& authority,
                                                    const crypto::PublicKey& responder,
                                                    const pki::SerialNumber& serial, Instant now,
                                                    std::chrono::seconds validity) {
  const auto& issuer = authority.certificate().tbs;
  pki::Name subject;
  subject.add(NameAttribute::country, "JP");
  for (const auto& o : issuer.subject.values(NameAttribute::organization))
    subject.add(NameAttribute::organization, o);
  for (const auto& ou : issuer.subject.values(NameAttribute::organizational_unit))
    subject.add(NameAttribute::organizational_unit, ou);
  subject.add(NameAttribute::common_name, "OCSP Responder");
  const pki::TbsCertificate tbs{
      serial,
      authority.signer().algorithm(),
      issuer.subject,
      now,
      std::min(now + validity, issuer.not_after),
      subject,
      responder,
      {pki::key_usage({KeyUsage::digital_signature}), pki::extended_key_usage(pki::ocsp_signing_purpose()),
       pki::ocsp_no_check(), pki::authority_key_identifier(issuer.key, issuer.issuer, issuer.serial),
       pki::subject_key_identifier(responder)}};
  return sign_certificate(pki::encode_tbs(tbs), authority.signer());
}

Result<pki::Certificate> appoint_responder(const Authority& authority, const crypto::PublicKey& responder,
                                           Instant now, std::chrono::days validity) {
  // Its serial is outside the space of people's: 16 bytes where theirs have at most eight.
  Bytes random = crypto::random_bytes(kResponderSerialBytes);
  random[0] = static_cast<std::uint8_t>((random[0] & 0x3F) | 0x40);
  SHOMEI_TRY(const auto serial, pki::SerialNumber::of_magnitude(random));
  return make_responder_certificate(authority, responder, serial, now, validity);
}

}  // namespace shomei::authority
