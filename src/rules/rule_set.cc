#include "rules/rule_set.h"

#include <array>

#include "base/check.h"

namespace shomei::rules {

std::string_view name(Outcome outcome) {
  switch (outcome) {
    case Outcome::pass:
      return "pass";
    case Outcome::refuse:
      return "refuse";
    case Outcome::limit:
      return "limit";
    case Outcome::inform:
      return "inform";
  }
  SHOMEI_INVARIANT(false);
}

const RuleSet& current_rule_set() {
  static constexpr std::array kRules{&kResidentInRegister,  &kCardInForce,        &kFaceAuthenticationCard,
                                     &kSignatureAge,        &kSignatureAdultWard, &kOneCertificateOfAKind,
                                     &kBirthdayLimit,       &kCardLimit,          &kStayLimit,
                                     &kAuthenticationLimit, &kAuthorityLimit,     &kAttributeChange};
  static constexpr RuleSet kSet{"2026-11-22", kRules};
  return kSet;
}

}  // namespace shomei::rules
