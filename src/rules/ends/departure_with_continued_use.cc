// Moving abroad with continued use ends the signature certificate on the day of departure; user
// authentication stays.
#include "rules/ends/departure.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (!departs(c.facts) || !continues_abroad(c)) return std::nullopt;
  const Ends ends = ends_in_force(c, true, false, departs_at(c), Reason::affiliationChanged);
  if (!any(ends)) return informs("no_signature_certificate_ends");
  return informs("departure_ends_signature", {{"from", jst_date(ends.from)}}, ends);
}

}  // namespace

constinit const Rule kDepartureWithContinuedUse{
    .id = "departure_with_continued_use",
    .citation = "jpki-facts 3.4, 3.6 (Japanese nationals, since 2024-05-27)",
    .since = kUseAbroad,
    .acts = {Verb::event},
    .reads = {Fact::certificates, Fact::event, Fact::moving_abroad, Fact::status, Fact::at},
    .apply = apply};

}  // namespace shomei::rules
