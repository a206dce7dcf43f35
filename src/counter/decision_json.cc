#include "counter/decision_json.h"

#include <nlohmann/json.hpp>

#include "base/check.h"

namespace shomei::counter {
namespace {

using nlohmann::json;

json optional_date(const std::optional<Date>& date) {
  return date ? json(format_date(*date)) : json(nullptr);
}

std::string_view name(rules::ResidenceStatus status) {
  switch (status) {
    case rules::ResidenceStatus::japanese:
      return "japanese";
    case rules::ResidenceStatus::special_permanent_resident:
      return "special_permanent_resident";
    case rules::ResidenceStatus::permanent_resident:
      return "permanent_resident";
    case rules::ResidenceStatus::other_foreign_resident:
      return "other_foreign_resident";
    case rules::ResidenceStatus::no_end_of_stay:
      return "no_end_of_stay";
  }
  SHOMEI_INVARIANT(false);
}

std::string_view name(rules::CardState state) {
  switch (state) {
    case rules::CardState::active:
      return "active";
    case rules::CardState::suspended:
      return "suspended";
    case rules::CardState::lost:
      return "lost";
    case rules::CardState::returned:
      return "returned";
    case rules::CardState::expired:
      return "expired";
  }
  SHOMEI_INVARIANT(false);
}

std::string_view name(rules::CertificateState state) {
  switch (state) {
    case rules::CertificateState::valid:
      return "valid";
    case rules::CertificateState::suspended:
      return "suspended";
    case rules::CertificateState::revoked:
      return "revoked";
  }
  SHOMEI_INVARIANT(false);
}

json encode_rule(const rules::RuleOutcome& outcome) {
  const auto& [rule, finding] = outcome;
  json parameters = json::object();
  for (const auto& p : finding.parameters) parameters[p.name] = p.value;
  json object{{"id", rule->id},
              {"citation", rule->citation},
              {"since", format_date(rule->since)},
              {"outcome", rules::name(finding.outcome)},
              {"code", finding.code},
              {"parameters", parameters}};
  if (!finding.would_pass_code.empty()) object["would_pass_code"] = finding.would_pass_code;
  return object;
}

}  // namespace

std::string encode_facts(const rules::Facts& facts) {
  json certificates = json::array();
  for (const auto& c : facts.certificates)
    certificates.push_back(
        {{"kind", rules::name(c.kind)}, {"state", name(c.state)}, {"not_after", format_date(c.not_after)}});
  const bool face = facts.card_kind == rules::CardKind::face_authentication;
  return json{{"resident",
               {{"born", format_date(facts.born)},
                {"status", name(facts.status)},
                {"period_of_stay_ends", optional_date(facts.period_of_stay_ends)},
                {"adult_ward", facts.adult_ward},
                {"died", optional_date(facts.died)},
                {"left_register", optional_date(facts.left_register)}}},
              {"card",
               {{"kind", face ? "face_authentication" : "standard"},
                {"state", name(facts.card_state)},
                {"valid_until", format_date(facts.card_valid_until)}}},
              {"certificates", certificates},
              {"authority_valid_until", format_date(facts.authority_valid_until)},
              {"authentication_valid_until", optional_date(facts.authentication_valid_until)}}
      .dump();
}

std::string encode_decision(const rules::Decision& decision) {
  json object{{"act", decision.act()},
              {"at", format_jst(decision.at())},
              {"on", format_date(jst_date(decision.at()))},
              {"decision", decision.granted() ? "granted" : "refused"},
              {"rule_set", decision.rule_set()}};
  if (decision.kind()) object["kind"] = rules::name(*decision.kind());
  if (decision.not_before()) object["not_before"] = format_jst(*decision.not_before());
  if (decision.not_after()) object["not_after"] = format_date(jst_date(*decision.not_after()));
  if (decision.act() == "event") {
    object["ends"] = json::array();
    for (const auto& end : decision.ends())
      object["ends"].push_back(
          {{"kind", rules::name(end.kind)}, {"from", format_jst(end.from)}, {"reason", end.reason}});
  }
  object["rules"] = json::array();
  for (const auto& outcome : decision.rules()) object["rules"].push_back(encode_rule(outcome));
  return object.dump();
}

}  // namespace shomei::counter
