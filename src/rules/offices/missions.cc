// Diplomatic missions act for those who have left Japan; before the departure the municipality does. They
// take revocations and suspensions of anyone's: these protect.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (!at_office(c.facts, OfficeKind::diplomatic_mission)) return std::nullopt;
  if (left_japan(c.facts, c.on)) return passes("mission_competent");
  return refuses("mission_for_residents_abroad", "would_pass_at_counter_in_japan");
}

}  // namespace

constinit const Rule kMissions{
    .id = "missions",
    .citation =
        "seed: how to issue (moving abroad: diplomatic mission or registered domicile); jpki-facts 3.6",
    .since = kUseAbroad,
    .acts = {Verb::issue, Verb::renew, Verb::restore, Verb::change_pin, Verb::reset_pin, Verb::unlock_pin,
             Verb::replace_card},
    .reads = {Fact::office_kind, Fact::moving_abroad},
    .apply = apply};

}  // namespace shomei::rules
