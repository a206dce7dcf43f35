// Facts of an ordinary citizen for the tests beside the rules: each test changes what it is about.
#pragma once

#include "rules/decide.h"

namespace shomei::rules {

inline Date day(std::string_view text) {
  return *parse_date(text);
}

inline Facts ordinary_citizen() {
  Facts facts;
  facts.born = day("1990-01-02");
  facts.status = ResidenceStatus::japanese;
  facts.card_kind = CardKind::standard;
  facts.card_state = CardState::active;
  facts.card_valid_until = day("2036-01-02");
  facts.authority_valid_until = day("2036-11-21");
  return facts;
}

inline Decision issue_on(Kind kind, const Facts& facts, std::string_view on) {
  return decide(current_rule_set(), Issue{kind}, facts, first_second(day(on)));
}

// The last day of what is granted, or the code of the refusal.
inline std::string outcome(const Decision& decision) {
  if (!decision.granted()) return std::string(decision.refusal().code);
  return format_date(jst_date(*decision.not_after()));
}

}  // namespace shomei::rules
