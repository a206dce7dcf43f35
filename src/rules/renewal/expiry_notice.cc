// The expiry notice is sent two to three months before the last day of the certificate that ends first.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

constexpr int kLatestMonths = 2;

const CertificateFacts* first_to_end(const Case& c) {
  const CertificateFacts* first = nullptr;
  for (const auto& certificate : c.facts.certificates)
    if (is_about(c.act, certificate.kind) && standing(certificate, c.on) == Standing::valid &&
        (!first || certificate.not_after < first->not_after))
      first = &certificate;
  return first;
}

std::optional<Finding> apply(const Case& c) {
  const auto* certificate = first_to_end(c);
  if (!certificate) return informs("no_certificate_to_expire", {}, NothingThere{});
  Notice notice{renewal_opens(certificate->not_after), add_months(certificate->not_after, -kLatestMonths),
                "holder"};
  const bool child = c.facts.born && notice.send_from < comes_of_age(*c.facts.born, kOwnActs);
  if (child || c.facts.adult_ward) notice.to = "legal_representative";
  return informs(
      "expiry_notice_sent",
      {{"from", notice.send_from}, {"until", notice.send_until}, {"last_day", certificate->not_after}},
      notice);
}

}  // namespace

constinit const Rule kExpiryNotice{.id = "expiry_notice",
                                   .citation = "jpki-facts 3.3 (notice 2 to 3 months before)",
                                   .since = kFirstCards,
                                   .acts = {Verb::notice},
                                   .reads = {Fact::born, Fact::adult_ward, Fact::certificates},
                                   .apply = apply};

}  // namespace shomei::rules
