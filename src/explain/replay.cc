#include "explain/replay.h"

#include "explain/act_words.h"
#include "explain/decision_json.h"
#include "explain/facts_json.h"
#include "json/members.h"
#include "json/parse_object.h"

namespace shomei::explain {
namespace {

using shomei::json::Members;

constexpr std::size_t kRecordBytesMax = 1024 * 1024;

// Of the record, what was asked; what was answered is compared as a whole.
struct Asked {
  rules::Act act;
  Date on;
  std::string rule_set;
};

Result<Asked> parse_asked(std::string_view decision) {
  SHOMEI_TRY(const auto document, shomei::json::parse_object(decision, kRecordBytesMax));
  Members members(document);
  SHOMEI_TRY(const auto verb, members.text_if("act"));
  if (!verb) return members.missing("act");
  SHOMEI_TRY(const auto kind, members.text_if("kind"));
  SHOMEI_TRY(const auto version, members.text_if("rule_set"));
  if (!version) return members.missing("rule_set");
  Asked asked{{}, {}, *version};
  SHOMEI_TRY(asked.act, parse_act(*verb, kind ? std::optional<std::string_view>(*kind) : std::nullopt));
  SHOMEI_TRY(asked.on, members.date("on"));
  return asked;
}

}  // namespace

Result<Replay> read_replay(std::string_view facts, std::string_view decision, std::string_view settings) {
  SHOMEI_TRY(auto asked, parse_asked(decision));
  SHOMEI_TRY(auto known_facts, parse_facts(facts));
  SHOMEI_TRY(auto of_then, parse_settings(settings));
  auto set = rules::find_rule_set(asked.rule_set, std::move(of_then));
  if (!set)
    return not_found("rule_set_unknown", {{"version", asked.rule_set},
                                          {"known", std::string(rules::current_rule_set().version)}});
  return Replay{*std::move(set), asked.act, std::move(known_facts), asked.on};
}

}  // namespace shomei::explain
