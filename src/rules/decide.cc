#include "rules/decide.h"

#include <algorithm>

#include "base/check.h"

namespace shomei::rules {

Decision decide(const RuleSet& set, const Issue& act, const Facts& facts, Instant at) {
  Decision decision;
  decision.act_ = "issue";
  decision.kind_ = act.kind;
  decision.at_ = at;
  decision.rule_set_ = set.version;
  decision.granted_ = true;
  const Date on = jst_date(at);
  std::optional<Date> last_day;
  for (const Rule* rule : set.rules) {
    if (!rule->issue || on < rule->since) continue;
    auto finding = rule->issue(act, facts, on);
    if (!finding) continue;
    if (finding->outcome == Outcome::refuse) decision.granted_ = false;
    if (finding->last_day) last_day = last_day ? std::min(*last_day, *finding->last_day) : *finding->last_day;
    decision.rules_.push_back({rule, *std::move(finding)});
  }
  if (decision.granted_) {
    SHOMEI_INVARIANT(last_day.has_value());  // the birthday always limits
    decision.not_before_ = at;
    decision.not_after_ = last_second(*last_day);
  }
  return decision;
}

Decision decide(const RuleSet& set, const RegisterEvent& act, const Facts& facts, Instant at) {
  Decision decision;
  decision.act_ = "event";
  decision.at_ = at;
  decision.rule_set_ = set.version;
  decision.granted_ = true;  // what happened has happened; the rules say what follows
  const Date on = jst_date(at);
  for (const Rule* rule : set.rules) {
    if (!rule->event || on < rule->since) continue;
    const auto ending = rule->event(act, facts, on);
    if (!ending) continue;
    decision.ends_.push_back({ending->kind, at, ending->reason, rule});
    Finding finding{.outcome = Outcome::inform, .code = "certificate_ends"};
    finding.parameters = {{"kind", std::string(name(ending->kind))}, {"reason", std::string(ending->reason)}};
    decision.rules_.push_back({rule, std::move(finding)});
  }
  return decision;
}

Error Decision::refusal() const {
  for (const auto& [rule, finding] : rules_) {
    if (finding.outcome != Outcome::refuse) continue;
    Error error{Fault::refused, finding.code, rule->citation, finding.parameters};
    error.parameters.push_back({"rule_id", std::string(rule->id)});
    error.parameters.push_back({"since", format_date(rule->since)});
    error.parameters.push_back({"would_pass_code", std::string(finding.would_pass_code)});
    return error;
  }
  SHOMEI_INVARIANT(false);
}

}  // namespace shomei::rules
