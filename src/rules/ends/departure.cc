// Before continued use abroad, moving abroad ended both certificates.
#include "rules/ends/departure.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (!departs(c.facts)) return std::nullopt;
  const Ends ends = ends_in_force(c, true, true, departs_at(c), c.settings.left_japan);
  if (!any(ends)) return informs("no_certificate_ends");
  return informs("departure_ends", {{"from", jst_date(ends.from)}}, ends);
}

}  // namespace

constinit const Rule kDeparture{
    .id = "departure",
    .citation = "jpki-facts 3.4, 3.8",
    .since = kFirstCards,
    .until = kUseAbroad,
    .acts = {Verb::event},
    .reads = {Fact::certificates, Fact::event, Fact::left_register, Fact::moving_abroad, Fact::at},
    .apply = apply};

}  // namespace shomei::rules
