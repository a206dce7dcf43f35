// RuleSet: the rules in the order in which they are asked, as a value with a version, so that a correction
// made later never changes what an earlier decision said.
#pragma once

#include <span>
#include <string_view>

#include "rules/rule.h"

namespace shomei::rules {

struct RuleSet {
  std::string_view version;
  std::span<const Rule* const> rules;
};

const RuleSet& current_rule_set();

extern const Rule kResidentInRegister;
extern const Rule kCardInForce;
extern const Rule kFaceAuthenticationCard;
extern const Rule kSignatureAge;
extern const Rule kSignatureAdultWard;
extern const Rule kOneCertificateOfAKind;
extern const Rule kBirthdayLimit;
extern const Rule kCardLimit;
extern const Rule kStayLimit;
extern const Rule kAuthenticationLimit;
extern const Rule kAuthorityLimit;
extern const Rule kAttributeChange;

}  // namespace shomei::rules
