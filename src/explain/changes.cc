#include "explain/changes.h"

#include <algorithm>
#include <set>

namespace shomei::explain {
namespace {

using rules::Rule;

constexpr Date kAlways = std::chrono::year{1} / 1 / 1;

bool begins_or_ends(const Rule& rule, Date day) {
  return rule.since == day || rule.until == day;
}

std::set<Date> days_of_change(const rules::RuleSet& set) {
  std::set<Date> days;
  for (const Rule* rule : set.rules) {
    days.insert(rule->since);
    if (rule->until) days.insert(*rule->until);
  }
  days.erase(days.begin(), days.upper_bound(rules::kFirstCards));
  return days;
}

// An answer, and which rules had a say in it.
struct Asked {
  Answer answer;
  std::set<std::string_view> said;
};

class Question {
 public:
  Question(const rules::RuleSet& set, const rules::Act& act, const rules::Facts& facts, Date on)
      : set_(set), act_(act), facts_(facts), on_(on) {}

  // By the rules that hold on `rules_of`, each as if it always did.
  Asked ask(Date rules_of) const {
    std::vector<Rule> held;
    for (const Rule* rule : set_.rules)
      if (rule->holds_on(rules_of)) {
        held.push_back(*rule);
        held.back().since = kAlways;
        held.back().until.reset();
      }
    std::vector<const Rule*> listed;
    for (const Rule& rule : held) listed.push_back(&rule);
    const auto decision = decide({set_.version, listed, set_.settings}, act_, facts_, on_);
    Asked asked;
    asked.answer = {decision.verdict(), std::nullopt, decision.fee_yen(), decision.ends()};
    if (decision.not_after()) asked.answer.not_after = jst_date(*decision.not_after());
    for (auto& end : asked.answer.ends) end.rule = nullptr;  // it is gone with `held`
    for (const auto& outcome : decision.rules()) asked.said.insert(outcome.rule->id);
    return asked;
  }

  // From `nearer` on the near side of `day` to `further` beyond it.
  void compare(Date day, bool before, const Asked& nearer, const Asked& further,
               std::vector<Change>& changes) const {
    if (nearer.answer == further.answer) return;
    Change change{day, before, {}, further.answer};
    for (const Rule* rule : set_.rules)
      if (begins_or_ends(*rule, day) && (nearer.said.contains(rule->id) || further.said.contains(rule->id)))
        change.rules.push_back(rule->id);
    changes.push_back(std::move(change));
  }

 private:
  const rules::RuleSet& set_;
  const rules::Act& act_;
  const rules::Facts& facts_;
  Date on_;
};

}  // namespace

std::vector<Change> changes(const rules::RuleSet& set, const rules::Act& act, const rules::Facts& facts,
                            Date on) {
  std::vector<Change> found;
  if (on < rules::kFirstCards) return found;
  const auto days = days_of_change(set);
  const Question question(set, act, facts, on);
  const Asked now = question.ask(on);
  const auto future = days.upper_bound(on);
  Asked nearer = now;
  for (auto day = future; day != days.begin();) {
    --day;
    Asked further = question.ask(add_days(*day, -1));
    question.compare(*day, true, nearer, further, found);
    nearer = std::move(further);
  }
  nearer = now;
  for (auto day = future; day != days.end(); ++day) {
    Asked further = question.ask(*day);
    question.compare(*day, false, nearer, further, found);
    nearer = std::move(further);
  }
  return found;
}

}  // namespace shomei::explain
