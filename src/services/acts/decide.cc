#include "services/acts/decide.h"

#include "authority/prepare.h"
#include "counter/admit.h"
#include "counter/facts.h"
#include "counter/find_resident.h"
#include "counter/kinds_in_order.h"
#include "explain/decision_json.h"
#include "json/parse_object.h"
#include "services/problem.h"

namespace shomei::services {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kOutlookBytesMax = 256 * 1024;

}  // namespace

Result<std::string> decide(const counter::Parts& parts, const Question& question, texts::Language language) {
  SHOMEI_TRY(const auto office, counter::admit(parts, "decide", question.officer));
  SHOMEI_TRY(const auto rows, parts.journal.read());
  SHOMEI_TRY(const auto resident, counter::find_resident(*rows, question.resident));
  SHOMEI_TRY(const auto holder, counter::find_holder(*rows, resident.id));
  SHOMEI_CHECK(parts.directory.municipality(holder.resident.municipality));
  const Instant at = parts.journal.clock().now();
  auto facts = counter::facts_of(holder, office, at);
  counter::add_application(facts, question.application, jst_date(at));
  ordered_json document{{"resident", resident.id.text()},
                        {"card", holder.card.id.text()},
                        {"born", facts.born ? ordered_json(format_date(*facts.born)) : ordered_json()},
                        {"decisions", ordered_json::array()},
                        {"refusal", nullptr}};
  for (const auto kind : counter::in_order(question.kinds)) {
    SHOMEI_TRY(const auto* authority, parts.issuing_authority(kind));
    facts.authority_valid_until = authority->last_whole_day();
    const rules::Act act{rules::Verb::issue, authority::kind_of(kind), std::nullopt};
    const auto decision = rules::decide(parts.rules, act, facts, jst_date(at));
    document["decisions"].push_back(ordered_json::parse(explain::encode_answer(decision, language)));
    if (!decision.granted()) {
      document["refusal"] = ordered_json::parse(to_text(problem_of_act(decision.refusal(), language).body));
      break;
    }
    counter::take_in(facts, decision);
  }
  return document.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

Result<Outlook> parse_outlook(std::string_view text) {
  const auto bad = [](std::string_view what) {
    return malformed("answer_form", {{"what", std::string(what)}});
  };
  const auto document = shomei::json::parse_object(text, kOutlookBytesMax);
  if (!document) return bad(document.error().code);
  const auto member = [&](const char* name) {
    const auto found = document->find(name);
    return found != document->end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  if (const auto refusal = document->find("refusal"); refusal != document->end() && refusal->is_object())
    return parse_problem(refusal->dump());
  const auto resident = ResidentId::parse(member("resident"));
  const auto card = CardId::parse(member("card"));
  if (!resident || !card) return bad("resident, card");
  Outlook outlook{*resident, *card, std::nullopt};
  if (const auto born = parse_date(member("born"))) outlook.born = *born;
  return outlook;
}

}  // namespace shomei::services
