#include "authority/ceremony.h"

#include "authority/serial.h"
#include "crypto/random.h"
#include "pki/extension.h"

namespace shomei::authority {
namespace {

using pki::CertificateKind;
using pki::KeyUsage;
using pki::NameAttribute;

constexpr std::string_view kAct = "found_authority";

// The first generation is number 1, as the real ones are (jpki-facts 2.1). People's numbers are longer.
Result<pki::SerialNumber> serial_of(std::uint32_t generation) {
  Bytes magnitude;
  append_u32(magnitude, generation);
  return pki::SerialNumber::of_magnitude(magnitude);
}

// The certificates beside the authority's own.
Result<void> add_certificates(const Founding& founding, crypto::Signer& signer, Founded& founded) {
  SHOMEI_TRY(const auto authority, Authority::open(founded.record, signer));
  if (founding.crl_key) {
    SHOMEI_TRY(auto certificate,
               make_crl_certificate(authority, *founding.crl_key, serial_outside_the_space()));
    founded.crl_certificate = std::move(certificate.der);
  }
  if (!founding.predecessor) return {};
  const auto& before = *founding.predecessor;
  SHOMEI_TRY(auto new_with_old, make_link_certificate(authority.certificate(), before, founding.link_number));
  SHOMEI_TRY(auto old_with_new, make_link_certificate(before.certificate(), authority, founding.link_number));
  founded.new_with_old = std::move(new_with_old.der);
  founded.old_with_new = std::move(old_with_new.der);
  return {};
}

journal::Fields officer_fields(const Founding& founding, const Founded& founded) {
  journal::Fields fields = founding.officer;
  fields.insert_or_assign(std::string(journal::field::kAct), to_bytes(kAct));
  fields.insert_or_assign(std::string(journal::field::kActor), to_bytes("ceremony"));
  fields.insert_or_assign(std::string(founding_field::kAuthority), to_bytes(founded.record.name));
  const auto put = [&](std::string_view name, const std::optional<Bytes>& der) {
    if (der) fields.insert_or_assign(std::string(name), *der);
  };
  put(founding_field::kCrlCertificate, founded.crl_certificate);
  put(founding_field::kNewWithOld, founded.new_with_old);
  put(founding_field::kOldWithNew, founded.old_with_new);
  return fields;
}

Result<void> record(const Founding& founding, const Founded& founded, journal::Journal& journal) {
  SHOMEI_TRY(auto transaction, journal.begin());
  SHOMEI_CHECK(transaction.rows().insert(founded.record));
  journal::Draft draft{.act = founding.act.empty() ? crypto::ordered_identifier<ActId>() : founding.act};
  draft.status = {journal::AuthorityAdded{founded.record.name, founded.record.certificate}};
  draft.officer = officer_fields(founding, founded);
  SHOMEI_CHECK(transaction.append(draft));
  return transaction.commit();
}

}  // namespace

Instant end_of_authority(Instant from, int years) {
  return last_second(add_days(add_years(jst_date(from), years), -1));
}

std::string authority_name_of(CertificateKind kind, std::uint32_t generation) {
  return std::string(pki::name(kind)) + "-" + std::to_string(generation);
}

Result<pki::Certificate> make_authority_certificate(const Profile& profile, CertificateKind kind,
                                                    const pki::SerialNumber& serial, crypto::Signer& signer,
                                                    Instant from) {
  const pki::Name name = authority_name(profile, kind);
  const pki::TbsCertificate tbs{serial,
                                signer.algorithm(),
                                name,
                                from,
                                end_of_authority(from, profile.authority_years),
                                name,
                                signer.public_key(),
                                {pki::key_usage({KeyUsage::key_cert_sign, KeyUsage::crl_sign}),
                                 pki::subject_alt_directory_name(authority_alternative_name(profile, kind)),
                                 pki::basic_constraints_of_authority(), pki::crl_distribution_point(name),
                                 pki::subject_key_identifier(signer.public_key())}};
  return sign_certificate(pki::encode_tbs(tbs), signer);
}

Result<Founded> found_generation(const Profile& profile, CertificateKind kind, const Founding& founding,
                                 crypto::Signer& signer, journal::Journal& journal) {
  SHOMEI_TRY(const auto serial, serial_of(founding.generation));
  SHOMEI_TRY(const auto certificate,
             make_authority_certificate(profile, kind, serial, signer,
                                        founding.from.value_or(journal.clock().now())));
  Founded founded{{authority_name_of(kind, founding.generation), kind, founding.generation,
                   serial_space_of(certificate.tbs.subject), certificate.der},
                  {},
                  {},
                  {}};
  SHOMEI_CHECK(add_certificates(founding, signer, founded));
  SHOMEI_CHECK(record(founding, founded, journal));
  return founded;
}

Result<std::optional<Founded>> find_founded(journal::Rows& rows, const ActId& act) {
  SHOMEI_TRY(const auto entries, rows.entries_of_act(act));
  if (entries.empty()) return std::optional<Founded>{};
  SHOMEI_TRY(const auto stored, rows.find_entry(entries.front()));
  const auto& part = stored->parts[static_cast<std::size_t>(journal::PartKind::officer)];
  if (!part) return std::optional<Founded>{};
  SHOMEI_TRY(const auto fields, journal::parse_fields(part->body));
  const std::string name = journal::text(fields, founding_field::kAuthority);
  const auto der_of = [&](std::string_view field) -> std::optional<Bytes> {
    const auto found = fields.find(field);
    return found == fields.end() ? std::nullopt : std::optional{found->second};
  };
  SHOMEI_TRY(const auto records, rows.list_authorities());
  for (const auto& r : records)
    if (r.name == name)
      return std::optional{Founded{r, der_of(founding_field::kCrlCertificate),
                                   der_of(founding_field::kNewWithOld), der_of(founding_field::kOldWithNew)}};
  return std::optional<Founded>{};
}

Result<journal::AuthorityRecord> found_authority(const Profile& profile, CertificateKind kind,
                                                 std::uint32_t generation, crypto::Signer& signer,
                                                 journal::Journal& journal) {
  Founding founding;
  founding.generation = generation;
  SHOMEI_TRY(auto founded, found_generation(profile, kind, founding, signer, journal));
  return std::move(founded.record);
}

Result<pki::Certificate> make_crl_certificate(const Authority& authority, const crypto::PublicKey& key,
                                              const pki::SerialNumber& serial) {
  const auto& issuer = authority.certificate().tbs;
  const pki::TbsCertificate tbs{serial,
                                authority.signer().algorithm(),
                                issuer.subject,
                                issuer.not_before,
                                issuer.not_after,
                                issuer.subject,
                                key,
                                {pki::key_usage({KeyUsage::crl_sign}),
                                 pki::authority_key_identifier(issuer.key, issuer.issuer, issuer.serial),
                                 pki::subject_key_identifier(key)}};
  return sign_certificate(pki::encode_tbs(tbs), authority.signer());
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
                                           Instant now, std::chrono::seconds validity) {
  SHOMEI_CHECK(authority.expect_not_ended(now));
  return make_responder_certificate(authority, responder, serial_outside_the_space(), now, validity);
}

}  // namespace shomei::authority
