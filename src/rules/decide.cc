#include "rules/decide.h"

#include <algorithm>

#include "base/check.h"
#include "rules/words.h"

namespace shomei::rules {
namespace {

constexpr Words<Verdict, 3> kVerdicts{{{Verdict::granted, "granted"},
                                       {Verdict::refused, "refused"},
                                       {Verdict::not_applicable, "not_applicable"}}};
constexpr std::size_t kOutcomesUsual = 24;  // room for what a decision usually holds

}  // namespace

std::string_view name(Verdict verdict) {
  return word_of(kVerdicts, verdict);
}

// Takes in what the rules say, one after the other.
class Gathering {
 public:
  Gathering(Decision& decision, Case& on) : decision_(decision), case_(on) {}

  void take(const Rule& rule, const Finding& finding) {
    if (finding.outcome == Outcome::refuse) decision_.verdict_ = Verdict::refused;
    rule_ = &rule;
    refuses_ = finding.outcome == Outcome::refuse;
    std::visit(*this, finding.effect);
    decision_.rules_.push_back({&rule, finding});
  }

  void operator()(std::monostate) {}
  void operator()(const LastDay& limit) {
    case_.last_day = case_.last_day ? std::min(*case_.last_day, limit.day) : limit.day;
  }
  void operator()(const Ends& ends) {
    if (ends.signature) end(Kind::signature, ends);
    if (ends.user_authentication) end(Kind::user_authentication, ends);
  }
  void operator()(const Fee& fee) { decision_.fee_yen_ = fee.yen; }
  void operator()(const Notice& notice) { decision_.notice_ = notice; }
  // A refusal's first possible day is told; that of a certificate which is not made is not.
  void operator()(const RenewableFrom& from) {
    (refuses_ ? first_possible_ : decision_.renewable_from_) = from.day;
  }
  void operator()(NothingThere) {
    if (decision_.verdict_ == Verdict::granted) decision_.verdict_ = Verdict::not_applicable;
  }

  // What would have followed from a grant does not follow.
  void conclude() {
    if (decision_.granted()) {
      if (case_.last_day) {
        decision_.not_before_ = decision_.at_;
        decision_.not_after_ = last_second(*case_.last_day);
      }
      return;
    }
    decision_.ends_.clear();
    decision_.fee_yen_.reset();
    decision_.notice_.reset();
    decision_.renewable_from_ = first_possible_;
  }

 private:
  // When several rules end one certificate, the first that was asked names the reason.
  void end(Kind kind, const Ends& ends) {
    const auto already = [&](const CertificateEnd& e) { return e.kind == kind; };
    if (std::ranges::none_of(decision_.ends_, already))
      decision_.ends_.push_back({kind, ends.from, ends.reason, rule_});
  }

  Decision& decision_;
  Case& case_;
  const Rule* rule_ = nullptr;
  bool refuses_ = false;
  std::optional<Date> first_possible_;
};

Decision decide(const RuleSet& set, const Act& act, const Facts& facts, Date on) {
  SHOMEI_INVARIANT(complete(act));
  Decision decision;
  decision.act_ = act;
  decision.on_ = on;
  decision.at_ = facts.at.value_or(first_second(on));
  decision.rule_set_ = set.version;
  decision.rules_.reserve(kOutcomesUsual);
  Case asked{act, facts, set.settings, on, decision.at_, std::nullopt};
  Gathering gathering(decision, asked);
  for (const Rule* rule : set.rules) {
    if (!rule->acts.contains(act.verb) || !rule->holds_on(on)) continue;
    if (const auto finding = rule->apply(asked)) gathering.take(*rule, *finding);
  }
  gathering.conclude();
  return decision;
}

Error Decision::refusal() const {
  SHOMEI_INVARIANT(!granted());
  const auto says_no = [&](const RuleOutcome& o) {
    return verdict_ == Verdict::refused ? o.finding.outcome == Outcome::refuse
                                        : std::holds_alternative<NothingThere>(o.finding.effect);
  };
  const auto& [rule, finding] = *std::ranges::find_if(rules_, says_no);
  Error error{Fault::refused, finding.code, rule->citation, {}};
  for (const auto& [name, value] : finding.values.all())
    error.parameters.push_back({std::string(name), format_value(value)});
  error.parameters.push_back({"rule_id", std::string(rule->id)});
  error.parameters.push_back({"since", format_date(rule->since)});
  if (!finding.would_pass_code.empty())
    error.parameters.push_back({"would_pass_code", std::string(finding.would_pass_code)});
  return error;
}

}  // namespace shomei::rules
