// No expiry notice goes to those who died, gave up the card, or left without continued use (which is for
// Japanese nationals).
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  const Facts& f = c.facts;
  if (f.died) return refuses("resident_died", "would_pass_never", {{"died", *f.died}});
  if (f.card_state == CardState::returned) return refuses("card_given_up", "would_pass_valid_card");
  if (left_japan(f, c.on)) {
    const auto& [planned, continued_use] = *f.moving_abroad;
    if (continued_use && !f.status) return lacks(Fact::status);
    return continued_use && f.status == ResidenceStatus::japanese
               ? passes("card_used_abroad", {{"planned", planned}})
               : refuses("card_lapsed_abroad", "would_pass_new_card_abroad", {{"planned", planned}});
  }
  if (f.left_register && *f.left_register <= c.on)
    return refuses("resident_not_in_register", "would_pass_when_registered", {{"left", *f.left_register}});
  return passes("resident_in_register");
}

}  // namespace

constinit const Rule kNoticeRecipient{
    .id = "notice_recipient",
    .citation = "jpki-facts 3.3",
    .since = kFirstCards,
    .acts = {Verb::notice},
    .reads = {Fact::died, Fact::left_register, Fact::moving_abroad, Fact::status, Fact::card_state},
    .apply = apply};

}  // namespace shomei::rules
