// Diplomatic missions did not act for the card before it could be used abroad.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (!at_office(c.facts, OfficeKind::diplomatic_mission)) return std::nullopt;
  return refuses("missions_not_yet", "would_pass_at_counter_in_japan", {{"since", kUseAbroad}});
}

}  // namespace

constinit const Rule kMissionsNotYet{
    .id = "missions_not_yet",
    .citation = "jpki-facts 3.6, 3.8",
    .since = kFirstCards,
    .until = kUseAbroad,
    .acts = {Verb::issue, Verb::renew, Verb::revoke, Verb::suspend, Verb::restore, Verb::change_pin,
             Verb::reset_pin, Verb::unlock_pin, Verb::replace_card},
    .reads = {Fact::office_kind},
    .apply = apply};

}  // namespace shomei::rules
