// prepare(): from a granted decision to a certificate that only lacks its signature. Pure. It is the only
// maker of a LintedCertificate, and issue() takes nothing else: nothing is signed that was not linted.
#pragma once

#include <string>

#include "authority/authority.h"
#include "authority/lint.h"
#include "authority/profile.h"
#include "pki/personal_attributes.h"
#include "rules/decide.h"

namespace shomei::authority {

// Of whom the certificate speaks. `attributes` go into a signature certificate alone.
struct Subject {
  pki::BasicAttributes attributes;
  Municipality municipality;
  std::string common_name;
};

class LintedCertificate {
 public:
  const pki::TbsCertificate& tbs() const { return tbs_; }
  const Bytes& tbs_der() const { return tbs_der_; }
  pki::CertificateKind kind() const { return kind_; }
  const rules::Decision& decision() const { return decision_; }

 private:
  friend Result<LintedCertificate> prepare(const Authority&, const Profile&, const rules::Decision&,
                                           const Subject&, const crypto::PublicKey&, const pki::SerialNumber&,
                                           const KnownKeys&);
  LintedCertificate(pki::TbsCertificate tbs, Bytes tbs_der, pki::CertificateKind kind,
                    rules::Decision decision)
      : tbs_(std::move(tbs)), tbs_der_(std::move(tbs_der)), kind_(kind), decision_(std::move(decision)) {}
  pki::TbsCertificate tbs_;
  Bytes tbs_der_;
  pki::CertificateKind kind_;
  rules::Decision decision_;
};

// refused "certificate_not_granted" when the decision is no grant of this kind; refused "lint_failed" when
// the result would break a lint, with the first one's citation as the rule and the parameters lint (its id),
// what and what_ja (its demand) and lints (the ids of all that found something, with commas); malformed
// "attribute_too_long".
Result<LintedCertificate> prepare(const Authority& authority, const Profile& profile,
                                  const rules::Decision& decision, const Subject& subject,
                                  const crypto::PublicKey& key, const pki::SerialNumber& serial,
                                  const KnownKeys& known = {});

pki::CertificateKind kind_of(rules::Kind kind);
rules::Kind kind_of(pki::CertificateKind kind);

}  // namespace shomei::authority
