#include "explain/answer_text.h"

#include "explain/act_words.h"
#include "explain/says.h"
#include "texts/words.h"

namespace shomei::explain {
namespace {

using rules::Decision;
using rules::Outcome;
using rules::Verb;
using rules::Verdict;
using texts::Language;

std::string in(Language language, std::string_view en, std::string_view ja) {
  return std::string(language == Language::ja ? ja : en);
}

std::string kind_of(rules::Kind kind, Language language) {
  const std::string word(texts::word(rules::name(kind), language));
  return word + in(language, " certificate", "電子証明書");
}

// "2026-11-22 10:00:00", in Japan.
std::string moment(Instant at) {
  std::string text = format_jst(at).substr(0, std::string_view("2026-11-22T10:00:00").size());
  text[text.find('T')] = ' ';
  return text;
}

// Of what the act is: "the signature certificate", "both certificates", "the resident register".
std::string subject(const rules::Act& act, Language language) {
  if (act.kind)
    return in(language, act.verb == Verb::issue ? "a " : "the ", "") + kind_of(*act.kind, language);
  if (act.register_pin) return in(language, "the ", "") + std::string(texts::word(kind_word(act), language));
  return in(language, "both certificates", "両方の電子証明書");
}

std::string title(const rules::Act& act, Language language) {
  const std::string verb(texts::word(rules::name(act.verb), language));
  if (act.verb == Verb::event || act.verb == Verb::replace_card) return verb;
  return language == Language::ja ? subject(act, language) + "の" + verb
                                  : verb + " of " + subject(act, language);
}

std::string verdict(Verdict verdict, Language language) {
  switch (verdict) {
    case Verdict::granted:
      return in(language, "granted", "可");
    case Verdict::refused:
      return in(language, "refused", "不可");
    case Verdict::not_applicable:
      return in(language, "not applicable", "対象なし");
  }
  SHOMEI_INVARIANT(false);
}

std::string first_line(const Decision& decision, Language language) {
  std::string word = verdict(decision.verdict(), language);
  const std::string day = format_date(decision.on());
  if (language == Language::ja) return word + ":" + title(decision.act(), language) + "(" + day + ")\n";
  word.front() = static_cast<char>(word.front() - 'a' + 'A');
  return word + ": " + title(decision.act(), language) + " on " + day + "\n";
}

std::string what_would_pass(const Decision& decision, Language language) {
  std::string text;
  for (const auto& [rule, finding] : decision.rules())
    if (finding.outcome == Outcome::refuse) {
      const std::string line = "  - " + would_pass_if(finding, language) + "\n";
      if (text.find(line) == std::string::npos) text += line;  // two rules may ask for the same
    }
  return text.empty() ? text : in(language, "What would make it pass:\n", "できるようにするには:\n") + text;
}

std::string end_text(const rules::CertificateEnd& end, Language language) {
  const std::string reason(texts::word(rules::name(end.reason), language));
  if (language == Language::ja)
    return kind_of(end.kind, language) + "、" + moment(end.from) + " から(" + reason + ")";
  return kind_of(end.kind, language) + " from " + moment(end.from) + " (" + reason + ")";
}

std::string fee_text(int yen, Language language) {
  if (yen == 0) return in(language, "free", "無料");
  return std::to_string(yen) + in(language, " yen", "円");
}

std::string effects(const Decision& decision, Language language) {
  std::string text;
  const auto line = [&](std::string_view en, std::string_view ja, const std::string& value) {
    text += in(language, en, ja) + value + "\n";
  };
  if (decision.not_before()) line("Valid from: ", "有効期間の開始:", moment(*decision.not_before()));
  if (decision.not_after()) line("Last day: ", "有効期限:", format_date(jst_date(*decision.not_after())));
  if (decision.renewable_from())
    line("Renewal from: ", "更新できる日:", format_date(*decision.renewable_from()));
  if (decision.fee_yen()) line("Fee: ", "手数料:", fee_text(*decision.fee_yen(), language));
  for (const auto& end : decision.ends()) line("Ends: ", "失効:", end_text(end, language));
  if (decision.act().verb == Verb::event && decision.granted() && decision.ends().empty())
    line("Ends: ", "失効:", in(language, "no certificate", "なし"));
  if (const auto& notice = decision.notice())
    line("Notice to ", "通知:",
         std::string(texts::word(notice->to, language)) + in(language, ": from ", "あて、") +
             format_date(notice->send_from) + in(language, " to ", " から ") +
             format_date(notice->send_until) + in(language, "", " まで"));
  return text;
}

std::string mark(Outcome outcome, Language language) {
  switch (outcome) {
    case Outcome::pass:
      return in(language, "[pass]   ", "【可】");
    case Outcome::refuse:
      return in(language, "[refuse] ", "【不可】");
    case Outcome::limit:
      return in(language, "[limit]  ", "【期限】");
    case Outcome::inform:
      return in(language, "[inform] ", "【参考】");
  }
  SHOMEI_INVARIANT(false);
}

std::string rule_text(const rules::RuleOutcome& outcome, Language language) {
  const auto& [rule, finding] = outcome;
  const std::string since = format_date(rule->since);
  return "  " + mark(finding.outcome, language) + says(finding, language) + "\n      " +
         std::string(rule->id) + " | " + texts::shown_citation(rule->citation, language) + " | " +
         (language == Language::ja ? since + " から" : "since " + since) + "\n";
}

std::string short_text(const Answer& answer, Language language) {
  std::string text = verdict(answer.verdict, language);
  const std::string comma = in(language, ", ", "、");
  if (answer.not_after)
    text += comma + in(language, "last day ", "有効期限 ") + format_date(*answer.not_after);
  if (answer.fee_yen) text += comma + fee_text(*answer.fee_yen, language);
  for (const auto& end : answer.ends)
    text += comma + in(language, "ends: ", "失効:") + end_text(end, language);
  return text;
}

std::string change_text(const Change& change, Language language) {
  std::string ids;
  for (const auto id : change.rules) ids += (ids.empty() ? "" : ", ") + std::string(id);
  const std::string day = format_date(change.day);
  const std::string answer = short_text(change.answer, language);
  if (language == Language::ja)
    return day + (change.before ? " より前の規則(" : " 以降の規則(") + ids + ")では:" + answer + "\n";
  const std::string named = (change.rules.size() > 1 ? " (rules " : " (rule ") + ids + ")";
  return (change.before ? "Before " + day + named + " the answer would have been: "
                        : "From " + day + " on" + named + " the answer will be: ") +
         answer + "\n";
}

}  // namespace

std::string answer_text(const Decision& decision, Language language) {
  std::string text = first_line(decision, language) + what_would_pass(decision, language) +
                     effects(decision, language) + in(language, "Rules (", "規則(") +
                     std::string(decision.rule_set()) + in(language, "):\n", "):\n");
  for (const auto& outcome : decision.rules()) text += rule_text(outcome, language);
  return text;
}

std::string changes_text(std::span<const Change> changes, Language language) {
  std::string text;
  for (const auto& change : changes) text += change_text(change, language);
  return text;
}

}  // namespace shomei::explain
