#include "authority/lint.h"

#include <algorithm>
#include <array>

namespace shomei::authority {
namespace {

using pki::CertificateKind;
using pki::Extension;
namespace id = pki::extension_id;

bool validity_is_the_decisions(const LintInput& in) {
  return in.tbs.not_before == in.decision.not_before() && in.tbs.not_after == in.decision.not_after() &&
         in.tbs.not_before <= in.tbs.not_after;
}

bool validity_lies_within_the_authoritys(const LintInput& in) {
  const auto& authority = in.authority.certificate().tbs;
  return authority.not_before <= in.tbs.not_before && in.tbs.not_after <= authority.not_after;
}

bool issuer_is_the_authority(const LintInput& in) {
  return in.tbs.issuer == in.authority.subject();
}

bool key_is_of_the_profiles_type(const LintInput& in) {
  return in.tbs.key.type() == in.profile.subject_key;
}

bool key_is_not_the_authoritys(const LintInput& in) {
  return !(in.tbs.key == in.authority.certificate().tbs.key);
}

bool key_usage_is_the_kinds(const LintInput& in) {
  const Extension* usage = in.tbs.find(id::key_usage());
  const Bytes wanted = in.authority.kind() == CertificateKind::signature ? Bytes{0x03, 0x02, 0x06, 0xC0}
                                                                         : Bytes{0x03, 0x02, 0x07, 0x80};
  return usage && usage->critical && usage->value == wanted;
}

bool authentication_has_no_attributes(const LintInput& in) {
  return in.authority.kind() == CertificateKind::signature || !in.tbs.find(id::subject_alt_name());
}

bool extensions_stand_in_their_order(const LintInput& in) {
  std::vector<der::Oid> wanted{id::key_usage()};
  const bool signature = in.authority.kind() == CertificateKind::signature;
  wanted.push_back(signature ? id::subject_alt_name() : id::extended_key_usage());
  wanted.insert(wanted.end(),
                {id::certificate_policies(), id::issuer_alt_name(), id::crl_distribution_points()});
  if (!in.profile.of(in.authority.kind()).ocsp_url.empty()) wanted.push_back(id::authority_info_access());
  wanted.insert(wanted.end(), {id::authority_key_identifier(), id::subject_key_identifier()});
  return std::ranges::equal(in.tbs.extensions, wanted, {}, &Extension::id);
}

bool only_usage_and_policies_are_critical(const LintInput& in) {
  return std::ranges::all_of(in.tbs.extensions, [](const Extension& e) {
    return e.critical == (e.id == id::key_usage() || e.id == id::certificate_policies());
  });
}

constexpr std::array kLints{
    Lint{"validity_is_the_decisions", "jpki-facts 3.2", "the validity is the decision's",
         validity_is_the_decisions},
    Lint{"validity_within_authority", "RFC 5280 6.1.3", "the validity lies within the authority's",
         validity_lies_within_the_authoritys},
    Lint{"issuer_is_authority", "RFC 5280 4.1.2.4", "the issuer is the authority's subject",
         issuer_is_the_authority},
    Lint{"key_type", "jpki-facts 2.2", "the key is of the profile's type", key_is_of_the_profiles_type},
    Lint{"key_not_authoritys", "RFC 5280 3.2", "the key is not the authority's own",
         key_is_not_the_authoritys},
    Lint{"key_usage", "jpki-facts 2.2, 2.3", "the key usage is the kind's", key_usage_is_the_kinds},
    Lint{"no_attributes_in_authentication", "seed: certificate information",
         "an authentication certificate carries no attributes", authentication_has_no_attributes},
    Lint{"extension_order", "jpki-facts 2.2, 2.3", "the extensions stand in their order",
         extensions_stand_in_their_order},
    Lint{"criticality", "jpki-facts 2.2", "key usage and policies alone are critical",
         only_usage_and_policies_are_critical},
};

}  // namespace

std::vector<LintFinding> lint(const LintInput& input) {
  std::vector<LintFinding> findings;
  for (const auto& l : kLints)
    if (!l.holds(input)) findings.push_back({&l, std::string(l.demand)});
  return findings;
}

}  // namespace shomei::authority
