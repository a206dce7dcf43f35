// A valid My Number card is needed (seed: "please apply ... with your valid My Number Card").
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::string_view name(CardState state) {
  switch (state) {
    case CardState::active:
      return "active";
    case CardState::suspended:
      return "suspended";
    case CardState::lost:
      return "lost";
    case CardState::returned:
      return "returned";
    case CardState::expired:
      return "expired";
  }
  return "";
}

std::optional<Finding> issue(const Issue&, const Facts& facts, Date on) {
  Finding finding{.outcome = Outcome::pass, .code = "card_in_force"};
  finding.parameters = {{"valid_until", format_date(facts.card_valid_until)}};
  if (facts.card_state == CardState::active && on <= facts.card_valid_until) return finding;
  finding.outcome = Outcome::refuse;
  finding.code = "card_not_active";
  if (facts.card_state == CardState::active) finding.code = "card_out_of_date";
  finding.parameters.push_back({"state", std::string(name(facts.card_state))});
  finding.would_pass_code = "would_pass_valid_card";
  return finding;
}

}  // namespace

constinit const Rule kCardInForce{"card_in_force", "seed: how to issue (with your valid My Number Card)",
                                  std::chrono::year{2016} / 1 / 1, issue};

}  // namespace shomei::rules
