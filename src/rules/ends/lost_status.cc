// Both certificates end when the right to be in the register is lost. The reason is UNCONFIRMED and a
// setting.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  const Facts& f = c.facts;
  if (f.event != Event::lost_status) return std::nullopt;
  const Instant from = closed_at(c, f.left_register);
  const Ends ends = ends_in_force(c, true, true, from, c.settings.lost_status);
  if (!any(ends)) return informs("no_certificate_ends");
  return informs("lost_status_ends", {{"from", jst_date(from)}}, ends);
}

}  // namespace

constinit const Rule kLostStatus{.id = "lost_status",
                                 .citation = "jpki-facts 3.4",
                                 .since = kFirstCards,
                                 .acts = {Verb::event},
                                 .reads = {Fact::certificates, Fact::event, Fact::left_register, Fact::at},
                                 .apply = apply};

}  // namespace shomei::rules
