// Both certificates end when the right to be in the register is lost. The reason is UNCONFIRMED and a
// setting.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (c.facts.event != Event::lost_status) return std::nullopt;
  return informs("lost_status_ends_both", {}, ends_in_force(c, true, true, c.at, c.settings.lost_status));
}

}  // namespace

constinit const Rule kLostStatus{.id = "lost_status",
                                 .citation = "jpki-facts 3.4",
                                 .since = kFirstCards,
                                 .acts = {Verb::event},
                                 .reads = {Fact::certificates, Fact::event, Fact::at},
                                 .apply = apply};

}  // namespace shomei::rules
