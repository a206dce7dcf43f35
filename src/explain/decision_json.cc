#include "explain/decision_json.h"

#include <algorithm>
#include <cstdint>
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

bool tells_ends(const rules::Decision& decision) {
  return decision.act().verb == Verb::event || !decision.ends().empty();
}

bool tells_notice(const rules::Decision& decision) {
  constexpr rules::Verbs kTold{Verb::notice, Verb::event, Verb::revoke};
  return kTold.contains(decision.act().verb) || decision.notice();
}

void put_effects(ordered_json& document, const rules::Decision& decision) {
  if (decision.not_before()) document["not_before"] = format_jst(*decision.not_before());
  if (decision.not_after()) document["not_after"] = format_date(jst_date(*decision.not_after()));
  if (decision.renewable_from()) document["renewable_from"] = format_date(*decision.renewable_from());
  if (decision.fee_yen()) document["fee_yen"] = *decision.fee_yen();
  if (tells_ends(decision)) document["ends"] = encode_ends<ordered_json>(decision);
  if (tells_notice(decision)) document["notice"] = encode_notice<ordered_json>(decision.notice());
}

ordered_json begin(const rules::Decision& decision) {
  ordered_json document;
  document["act"] = rules::name(decision.act().verb);
  if (const auto kind = kind_word(decision.act()); !kind.empty()) document["kind"] = kind;
  document["on"] = format_date(decision.on());
  document["decision"] = rules::name(decision.verdict());
  return document;
}

ordered_json begin(const rules::RuleOutcome& outcome) {
  ordered_json one;
  one["id"] = outcome.rule->id;
  one["citation"] = outcome.rule->citation;
  one["since"] = format_date(outcome.rule->since);
  one["outcome"] = rules::name(outcome.finding.outcome);
  return one;
}

// Members as nlohmann::json writes them: sorted by name, which is the caller's to see to, and without spaces.
class MemberText {
 public:
  void put(std::string_view name, std::string_view value) { put_raw(name) += quoted(value); }
  void put(std::string_view name, std::int64_t value) { put_raw(name) += std::to_string(value); }
  std::string& put_raw(std::string_view name) {
    text_ += text_.size() == 1 ? "\"" : ",\"";
    return ((text_ += name) += "\":");
  }
  std::string end() && { return std::move(text_) + '}'; }

 private:
  static std::string quoted(std::string_view value) {
    const auto is_plain = [](char c) { return c >= ' ' && c < 0x7F && c != '"' && c != '\\'; };
    if (!std::ranges::all_of(value, is_plain)) return json(value).dump();
    return '"' + std::string(value) + '"';
  }
  std::string text_ = "{";
};

std::string record_of(const rules::RuleOutcome& outcome) {
  const auto& finding = outcome.finding;
  std::map<std::string_view, std::string> sorted;
  for (const auto& [name, value] : finding.values.all()) sorted[name] = rules::format_value(value);
  MemberText parameters;
  for (const auto& [name, value] : sorted) parameters.put(name, value);
  MemberText one;
  one.put("citation", outcome.rule->citation);
  one.put("code", finding.code);
  one.put("id", outcome.rule->id);
  one.put("outcome", rules::name(finding.outcome));
  one.put_raw("parameters") += std::move(parameters).end();
  one.put("since", format_date(outcome.rule->since));
  if (!finding.would_pass_code.empty()) one.put("would_pass_code", finding.would_pass_code);
  return std::move(one).end();
}

ordered_json answer_of(const rules::RuleOutcome& outcome, texts::Language language) {
  ordered_json one = begin(outcome);
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
  return kept.emplace(key, record_of(outcome)).first->second;
}

}  // namespace

std::string encode_record(const rules::Decision& decision) {
  MemberText record;
  record.put("act", rules::name(decision.act().verb));
  record.put("at", format_jst(decision.at()));
  record.put("decision", rules::name(decision.verdict()));
  if (tells_ends(decision)) record.put_raw("ends") += encode_ends<json>(decision).dump();
  if (decision.fee_yen()) record.put("fee_yen", *decision.fee_yen());
  if (const auto kind = kind_word(decision.act()); !kind.empty()) record.put("kind", kind);
  if (decision.not_after()) record.put("not_after", format_date(jst_date(*decision.not_after())));
  if (decision.not_before()) record.put("not_before", format_jst(*decision.not_before()));
  if (tells_notice(decision)) record.put_raw("notice") += encode_notice<json>(decision.notice()).dump();
  record.put("on", format_date(decision.on()));
  if (decision.renewable_from()) record.put("renewable_from", format_date(*decision.renewable_from()));
  record.put("rule_set", decision.rule_set());
  std::string& text = record.put_raw("rules") += '[';
  for (const auto& outcome : decision.rules()) {
    text += outcome.finding.values.all().empty() ? kept_record_of(outcome) : record_of(outcome);
    text += ',';
  }
  if (text.back() == ',') text.pop_back();
  text += ']';
  return std::move(record).end();
}

std::string encode_answer(const rules::Decision& decision, texts::Language language) {
  ordered_json answer = begin(decision);
  put_effects(answer, decision);
  answer["rules"] = ordered_json::array();
  for (const auto& outcome : decision.rules()) answer["rules"].push_back(answer_of(outcome, language));
  answer["rule_set"] = decision.rule_set();
  return answer.dump();
}

}  // namespace shomei::explain
