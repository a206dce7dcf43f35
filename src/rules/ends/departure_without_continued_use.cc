// Moving abroad without continued use (asked for too late, or not for Japanese nationals) ends both
// certificates.
#include "rules/ends/departure.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (!departs(c.facts) || continues_abroad(c)) return std::nullopt;
  if (c.facts.moving_abroad && c.facts.moving_abroad->continued_use && !c.facts.status)
    return lacks(Fact::status);
  const Ends ends = ends_in_force(c, true, true, departs_at(c), c.settings.left_japan);
  if (!any(ends)) return informs("no_certificate_ends");
  return informs("departure_ends", {{"from", jst_date(ends.from)}}, ends);
}

}  // namespace

constinit const Rule kDepartureWithoutContinuedUse{
    .id = "departure_without_continued_use",
    .citation = "jpki-facts 3.4, 3.6 (application up to the day before departure)",
    .since = kUseAbroad,
    .acts = {Verb::event},
    .reads = {Fact::certificates, Fact::event, Fact::left_register, Fact::moving_abroad, Fact::status,
              Fact::at},
    .apply = apply};

}  // namespace shomei::rules
