#include "authority/prepare.h"

#include "base/check.h"

namespace shomei::authority {
namespace {

using pki::CertificateKind;
using pki::KeyUsage;

// The order is that of jpki-facts 2.3 (its last two UNCONFIRMED).
Result<std::vector<pki::Extension>> signature_extensions(const Profile& profile, const Subject& subject) {
  SHOMEI_TRY(const auto names, pki::personal_other_names(subject.attributes, profile.substitute_character));
  return std::vector{pki::key_usage({KeyUsage::digital_signature, KeyUsage::non_repudiation}),
                     pki::subject_alt_other_names(names),
                     pki::certificate_policy(profile.signature.policy, profile.cps_uri)};
}

// jpki-facts 2.2, confirmed byte for byte.
std::vector<pki::Extension> authentication_extensions(const Profile& profile) {
  return {pki::key_usage({KeyUsage::digital_signature}), pki::extended_key_usage(pki::client_auth_purpose()),
          pki::certificate_policy(profile.user_authentication.policy, profile.cps_uri)};
}

void add_issuer_extensions(std::vector<pki::Extension>& to, const Authority& authority,
                           const Profile& profile, const Subject& subject, const crypto::PublicKey& key) {
  const auto kind = authority.kind();
  const auto& issuer = authority.certificate().tbs;
  to.push_back(pki::issuer_alt_directory_name(authority_alternative_name(profile, kind)));
  to.push_back(pki::crl_distribution_point(distribution_point_name(profile, kind, subject.municipality)));
  if (!profile.of(kind).ocsp_url.empty()) to.push_back(pki::ocsp_access(profile.of(kind).ocsp_url));
  to.push_back(pki::authority_key_identifier(issuer.key, issuer.issuer, issuer.serial));
  to.push_back(pki::subject_key_identifier(key));
}

Error lint_failed(const std::vector<const Lint*>& findings) {
  std::string ids;
  for (const Lint* one : findings) ids += (ids.empty() ? "" : ",") + std::string(one->id);
  const Lint& first = *findings.front();
  return refused("lint_failed",
                 {{"lint", std::string(first.id)},
                  {"what", std::string(first.demand)},
                  {"what_ja", std::string(first.demand_ja)},
                  {"lints", ids}},
                 first.citation);
}

}  // namespace

CertificateKind kind_of(rules::Kind kind) {
  return kind == rules::Kind::signature ? CertificateKind::signature : CertificateKind::user_authentication;
}

rules::Kind kind_of(CertificateKind kind) {
  return kind == CertificateKind::signature ? rules::Kind::signature : rules::Kind::user_authentication;
}

Result<LintedCertificate> prepare(const Authority& authority, const Profile& profile,
                                  const rules::Decision& decision, const Subject& subject,
                                  const crypto::PublicKey& key, const pki::SerialNumber& serial,
                                  const KnownKeys& known) {
  const auto kind = authority.kind();
  if (!decision.granted() || decision.act().kind != kind_of(kind) || !decision.not_after())
    return refused("certificate_not_granted", {{"kind", std::string(pki::name(kind))}});
  std::vector<pki::Extension> extensions;
  if (kind == CertificateKind::signature) {
    SHOMEI_TRY(extensions, signature_extensions(profile, subject));
  } else {
    extensions = authentication_extensions(profile);
  }
  add_issuer_extensions(extensions, authority, profile, subject, key);
  pki::TbsCertificate tbs{serial,
                          authority.signer().algorithm(),
                          authority.subject(),
                          *decision.not_before(),
                          *decision.not_after(),
                          subject_name(kind, subject.municipality, subject.common_name),
                          key,
                          std::move(extensions)};
  Bytes tbs_der = pki::encode_tbs(tbs);
  // The lints look at what a verifier will read, not at what we meant to write.
  SHOMEI_TRY(const auto reread, pki::parse_tbs(tbs_der));
  const auto findings = lint({reread, tbs_der, authority, profile, decision, subject.municipality, known});
  if (!findings.empty()) return lint_failed(findings);
  return LintedCertificate(std::move(tbs), std::move(tbs_der), kind, decision);
}

}  // namespace shomei::authority
