#include "explain/decision_json.h"

#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

#include "explain/act_words.h"
#include "explain/says.h"

namespace shomei::explain {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using rules::Verb;

// Both documents hold the same members; Json says in which order they stand.
template <class Json>
Json encode_ends(const rules::Decision& decision) {
  Json list = Json::array();
  for (const auto& end : decision.ends()) {
    Json one;
    one["kind"] = rules::name(end.kind);
    one["from"] = format_jst(end.from);
    one["reason"] = rules::name(end.reason);
    list.push_back(std::move(one));
  }
  return list;
}

template <class Json>
Json encode_notice(const std::optional<rules::Notice>& notice) {
  if (!notice) return nullptr;
  Json one;
  one["send_from"] = format_date(notice->send_from);
  one["send_until"] = format_date(notice->send_until);
  one["to"] = notice->to;
  return one;
}

template <class Json>
void put_effects(Json& document, const rules::Decision& decision) {
  const Verb verb = decision.act().verb;
  if (decision.not_before()) document["not_before"] = format_jst(*decision.not_before());
  if (decision.not_after()) document["not_after"] = format_date(jst_date(*decision.not_after()));
  if (decision.renewable_from()) document["renewable_from"] = format_date(*decision.renewable_from());
  if (decision.fee_yen()) document["fee_yen"] = *decision.fee_yen();
  if (verb == Verb::event || !decision.ends().empty()) document["ends"] = encode_ends<Json>(decision);
  constexpr rules::Verbs kTold{Verb::notice, Verb::event, Verb::revoke};
  if (kTold.contains(verb) || decision.notice()) document["notice"] = encode_notice<Json>(decision.notice());
}

template <class Json>
Json begin(const rules::Decision& decision) {
  Json document;
  document["act"] = rules::name(decision.act().verb);
  if (const auto kind = kind_word(decision.act()); !kind.empty()) document["kind"] = kind;
  document["on"] = format_date(decision.on());
  document["decision"] = rules::name(decision.verdict());
  return document;
}

template <class Json>
Json begin(const rules::RuleOutcome& outcome) {
  Json one;
  one["id"] = outcome.rule->id;
  one["citation"] = outcome.rule->citation;
  one["since"] = format_date(outcome.rule->since);
  one["outcome"] = rules::name(outcome.finding.outcome);
  return one;
}

json record_of(const rules::RuleOutcome& outcome) {
  const auto& finding = outcome.finding;
  json one = begin<json>(outcome);
  one["code"] = finding.code;
  one["parameters"] = json::object();
  for (const auto& [name, value] : finding.values.all())
    one["parameters"][std::string(name)] = rules::format_value(value);
  if (!finding.would_pass_code.empty()) one["would_pass_code"] = finding.would_pass_code;
  return one;
}

ordered_json answer_of(const rules::RuleOutcome& outcome, texts::Language language) {
  ordered_json one = begin<ordered_json>(outcome);
  one["says"] = says(outcome.finding, language);
  if (outcome.finding.outcome == rules::Outcome::refuse)
    one["would_pass_if"] = would_pass_if(outcome.finding, language);
  return one;
}

// What a rule says without values is the same text each time, and a rule has few things to say: kept, since
// an issue asks three dozen rules. All of the key has static storage.
const std::string& kept_record_of(const rules::RuleOutcome& outcome) {
  using Key = std::tuple<const void*, int, const void*, const void*>;
  thread_local std::map<Key, std::string> kept;
  const auto& finding = outcome.finding;
  const Key key{outcome.rule, static_cast<int>(finding.outcome), finding.code.data(),
                finding.would_pass_code.data()};
  const auto found = kept.find(key);
  if (found != kept.end()) return found->second;
  return kept.emplace(key, record_of(outcome).dump()).first->second;
}

}  // namespace

std::string encode_record(const rules::Decision& decision) {
  json record = begin<json>(decision);
  put_effects(record, decision);
  record["at"] = format_jst(decision.at());
  record["rule_set"] = decision.rule_set();
  // "rules" is the last name in their order, as nlohmann::json writes them.
  std::string text = record.dump();
  text.back() = ',';
  text += "\"rules\":[";
  for (const auto& outcome : decision.rules()) {
    text += outcome.finding.values.all().empty() ? kept_record_of(outcome) : record_of(outcome).dump();
    text += ',';
  }
  if (text.back() == ',') text.pop_back();
  return text + "]}";
}

std::string encode_answer(const rules::Decision& decision, texts::Language language) {
  ordered_json answer = begin<ordered_json>(decision);
  put_effects(answer, decision);
  answer["rules"] = ordered_json::array();
  for (const auto& outcome : decision.rules()) answer["rules"].push_back(answer_of(outcome, language));
  answer["rule_set"] = decision.rule_set();
  return answer.dump();
}

}  // namespace shomei::explain
