// decide(): asks every rule that is in force on the day, in order, and gathers what they say. A Decision can
// be made nowhere else, and the authority acts on nothing but a Decision.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule_set.h"

namespace shomei::rules {

struct RuleOutcome {
  const Rule* rule;
  Finding finding;
  bool operator==(const RuleOutcome&) const = default;
};

struct CertificateEnd {
  Kind kind{};
  Instant from;
  Reason reason{};
  const Rule* rule = nullptr;
  bool operator==(const CertificateEnd&) const = default;
};

enum class Verdict : std::uint8_t { granted, refused, not_applicable };
std::string_view name(Verdict verdict);

class Decision {
 public:
  Verdict verdict() const { return verdict_; }
  bool granted() const { return verdict_ == Verdict::granted; }
  const Act& act() const { return act_; }
  Date on() const { return on_; }
  Instant at() const { return at_; }
  // Of a granted issue or renewal: from the moment of the act to 23:59:59 JST of the last day
  // (jpki-facts 3.2).
  std::optional<Instant> not_before() const { return not_before_; }
  std::optional<Instant> not_after() const { return not_after_; }
  // Of a granted issue or renewal, for the new certificate; of a renewal refused as too early, for the old
  // one.
  std::optional<Date> renewable_from() const { return renewable_from_; }
  std::optional<int> fee_yen() const { return fee_yen_; }            // of everything granted
  const std::vector<CertificateEnd>& ends() const { return ends_; }  // of what is granted; no kind twice
  const std::optional<Notice>& notice() const { return notice_; }
  const std::vector<RuleOutcome>& rules() const { return rules_; }  // every rule that took part
  std::string_view rule_set() const { return rule_set_; }           // its version
  // The first refusal as an error: its code, citation, and the parameters rule_id, since and would_pass_code;
  // of what is not applicable, the rule that said so. Only when it was not granted.
  Error refusal() const;

  // Every member, what each rule said included.
  bool operator==(const Decision&) const = default;

 private:
  friend Decision decide(const RuleSet&, const Act&, const Facts&, Date);
  friend class Gathering;
  Decision() = default;
  Verdict verdict_ = Verdict::granted;
  Act act_;
  Date on_;
  Instant at_;
  std::optional<Instant> not_before_, not_after_;
  std::optional<Date> renewable_from_;
  std::optional<int> fee_yen_;
  std::vector<CertificateEnd> ends_;
  std::optional<Notice> notice_;
  std::vector<RuleOutcome> rules_;
  std::string_view rule_set_;
};

// `set` outlives the decision. `on` is the day in Japan; `facts.at`, when it is there, a moment of that day.
Decision decide(const RuleSet& set, const Act& act, const Facts& facts, Date on);

}  // namespace shomei::rules
