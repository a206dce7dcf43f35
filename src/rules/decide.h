// decide(): asks every rule that is in force on the day, in order, and gathers what they say. A Decision can
// be made nowhere else, and the authority acts on nothing but a Decision.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/rule_set.h"

namespace shomei::rules {

struct RuleOutcome {
  const Rule* rule;
  Finding finding;
};

struct CertificateEnd {
  Kind kind{};
  Instant from;
  std::string_view reason;
  const Rule* rule = nullptr;
};

class Decision {
 public:
  bool granted() const { return granted_; }
  std::string_view act() const { return act_; }  // "issue", "event"
  std::optional<Kind> kind() const { return kind_; }
  Instant at() const { return at_; }
  // Of a granted issue: from the moment of the act to 23:59:59 JST of the last day (jpki-facts 3.2).
  std::optional<Instant> not_before() const { return not_before_; }
  std::optional<Instant> not_after() const { return not_after_; }
  const std::vector<CertificateEnd>& ends() const { return ends_; }
  const std::vector<RuleOutcome>& rules() const { return rules_; }  // every rule that took part
  std::string_view rule_set() const { return rule_set_; }
  // The first refusal as an error: its code, citation, and the parameters since and would_pass_if.
  Error refusal() const;

 private:
  friend Decision decide(const RuleSet&, const Issue&, const Facts&, Instant);
  friend Decision decide(const RuleSet&, const RegisterEvent&, const Facts&, Instant);
  Decision() = default;
  bool granted_ = false;
  std::string_view act_;
  std::optional<Kind> kind_;
  Instant at_;
  std::optional<Instant> not_before_, not_after_;
  std::vector<CertificateEnd> ends_;
  std::vector<RuleOutcome> rules_;
  std::string_view rule_set_;
};

Decision decide(const RuleSet& set, const Issue& act, const Facts& facts, Instant at);
Decision decide(const RuleSet& set, const RegisterEvent& act, const Facts& facts, Instant at);

}  // namespace shomei::rules
