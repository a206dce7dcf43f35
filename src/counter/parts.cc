#include "counter/parts.h"

#include "crypto/random.h"
#include "explain/decision_json.h"
#include "explain/facts_json.h"

namespace shomei::counter {

namespace field = journal::field;

namespace {

journal::Draft refusal_draft(std::string_view act, const Officer& officer, const ResidentId& resident,
                             journal::Fields person, const Error& refusal) {
  journal::Draft draft{.act = crypto::ordered_identifier<ActId>(),
                       .person = std::move(person),
                       .officer = officer_fields(act, officer),
                       .about = resident};
  draft.person.insert_or_assign(std::string(field::kResident), to_bytes(resident.text()));
  draft.officer.insert_or_assign(std::string(field::kRefusal), to_bytes(refusal.code));
  return draft;
}

}  // namespace

Result<std::shared_ptr<const authority::KnownKeys>> known_keys_of(const Parts& parts) {
  if (!parts.known_keys) return std::make_shared<const authority::KnownKeys>();
  return parts.known_keys();
}

journal::Fields officer_fields(std::string_view act, const Officer& officer) {
  auto fields = officers::fields_of(act, officer);
  fields.emplace(field::kRuleSet, to_bytes(rules::current_rule_set().version));
  return fields;
}

journal::Fields decision_fields(const rules::Facts& facts, const rules::Decision& decision,
                                const rules::Settings& settings) {
  return {{std::string(field::kFacts), to_bytes(explain::encode_facts(facts))},
          {std::string(field::kDecision), to_bytes(explain::encode_record(decision))},
          {std::string(field::kRuleSettings), to_bytes(explain::encode_settings(settings))}};
}

Result<Decided> decide_act(const Parts& parts, const rules::Act& act, const rules::Facts& facts,
                           const Officer& officer, const ResidentId& resident) {
  auto decision = rules::decide(parts.rules, act, facts, jst_date(*facts.at));
  auto person = decision_fields(facts, decision, parts.rules.settings);
  if (decision.granted()) return Decided{std::move(decision), std::move(person)};
  SHOMEI_CHECK(record_refusal(parts, rules::name(act.verb), officer, resident, person, decision.refusal()));
  return decision.refusal();
}

Result<Decided> decide_act_in(journal::Transaction& transaction, const Parts& parts, const rules::Act& act,
                              const rules::Facts& facts, const Officer& officer, const ResidentId& resident) {
  auto decision = rules::decide(parts.rules, act, facts, jst_date(*facts.at));
  auto person = decision_fields(facts, decision, parts.rules.settings);
  if (decision.granted()) return Decided{std::move(decision), std::move(person)};
  SHOMEI_CHECK(transaction.append(
      refusal_draft(rules::name(act.verb), officer, resident, std::move(person), decision.refusal())));
  SHOMEI_CHECK(transaction.commit());
  return decision.refusal();
}

Result<Decided> decide_ahead(const Parts& parts, const rules::Act& act, const rules::Facts& facts) {
  auto decision = rules::decide(parts.rules, act, facts, jst_date(*facts.at));
  if (!decision.granted()) return decision.refusal();
  auto person = decision_fields(facts, decision, parts.rules.settings);
  return Decided{std::move(decision), std::move(person)};
}

Result<void> record_refusal(const Parts& parts, std::string_view act, const Officer& officer,
                            const ResidentId& resident, const journal::Fields& person, const Error& refusal) {
  SHOMEI_TRY(auto transaction, parts.journal.begin());
  SHOMEI_CHECK(transaction.append(refusal_draft(act, officer, resident, person, refusal)));
  return transaction.commit();
}

}  // namespace shomei::counter
