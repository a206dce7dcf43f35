#include "counter/register_event.h"

#include "authority/prepare.h"
#include "authority/revoke.h"
#include "base/check.h"
#include "counter/decision_json.h"
#include "counter/facts.h"
#include "crypto/random.h"
#include "register/register_line.h"

namespace shomei::counter {
namespace {

namespace field = journal::field;

rules::Event rules_event(residents::EventKind kind) {
  switch (kind) {
    case residents::EventKind::moved:
      return rules::Event::moved;
    case residents::EventKind::renamed:
      return rules::Event::renamed;
    case residents::EventKind::gender_changed:
      return rules::Event::gender_changed;
    case residents::EventKind::birth_date_corrected:
      return rules::Event::birth_date_corrected;
  }
  SHOMEI_INVARIANT(false);
}

bool in_force(const journal::CertificateRecord& record) {
  return record.state == journal::CertificateState::valid ||
         record.state == journal::CertificateState::suspended;
}

// The facts that an event's rules look at: which certificates there are. A resident without a card has none.
Result<rules::Facts> facts_for_event(journal::Rows& rows, const residents::Resident& resident,
                                     const std::vector<journal::CertificateRecord>& certificates) {
  SHOMEI_TRY(auto cards, rows.cards_of(resident.id));
  Holder holder{resident, cards.empty() ? residents::CardRecord{} : cards.back(), certificates};
  if (cards.empty()) holder.card.valid_until = resident.born;
  return facts_of(holder, resident.born, std::nullopt);
}

Result<std::vector<journal::CertificateRecord>> revoke_what_ends(
    journal::Transaction& transaction, journal::Draft& draft, const rules::Decision& decision,
    const std::vector<journal::CertificateRecord>& held) {
  std::vector<journal::CertificateRecord> revoked;
  for (const auto& end : decision.ends()) {
    SHOMEI_TRY(const auto reason, pki::parse_revocation_reason(end.reason));
    for (auto record : held) {
      if (record.kind != authority::kind_of(end.kind) || !in_force(record)) continue;
      SHOMEI_CHECK(authority::revoke(transaction, draft, record, reason, end.from));
      revoked.push_back(std::move(record));
    }
  }
  return revoked;
}

}  // namespace

Result<EventReport> record_event(const Parts& parts, const Officer& officer, const ResidentId& id,
                                 const residents::RegisterEvent& event) {
  SHOMEI_CHECK(parts.directory.office(officer.office));
  if (!event.municipality.empty()) SHOMEI_CHECK(parts.directory.municipality(event.municipality));
  SHOMEI_TRY(auto transaction, parts.journal.begin());
  SHOMEI_TRY(const auto before, transaction.rows().find_resident(id));
  if (!before) return not_found("resident_unknown", {{"resident", id.text()}});
  SHOMEI_TRY(const auto after, residents::apply(event, *before));
  if (event.kind == residents::EventKind::birth_date_corrected)
    SHOMEI_CHECK(residents::expect_born(after, jst_date(parts.journal.clock().now())));
  SHOMEI_TRY(const auto held, transaction.rows().certificates_of(id));
  SHOMEI_TRY(const auto facts, facts_for_event(transaction.rows(), *before, held));
  const auto decision =
      rules::decide(rules::current_rule_set(), rules::RegisterEvent{rules_event(event.kind)}, facts,
                    parts.journal.clock().now());

  SHOMEI_CHECK(transaction.rows().update(after));
  journal::Draft draft{.act = crypto::random_identifier<ActId>(),
                       .officer = officer_fields(residents::name(event.kind), officer)};
  draft.person = {{std::string(field::kResident), to_bytes(id.text())},
                  {std::string(field::kFacts), to_bytes(encode_facts(facts))},
                  {std::string(field::kDecision), to_bytes(encode_decision(decision))},
                  {std::string(field::kBefore), to_bytes(residents::encode_resident(*before))},
                  {std::string(field::kAfter), to_bytes(residents::encode_resident(after))}};
  SHOMEI_TRY(auto revoked, revoke_what_ends(transaction, draft, decision, held));
  SHOMEI_CHECK(transaction.append(draft));
  SHOMEI_CHECK(transaction.commit());
  return EventReport{*before, after, decision, std::move(revoked)};
}

}  // namespace shomei::counter
