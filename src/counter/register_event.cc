#include "counter/register_event.h"

#include "authority/prepare.h"
#include "authority/revoke.h"
#include "base/check.h"
#include "counter/facts.h"
#include "crypto/random.h"
#include "register/register_line.h"

namespace shomei::counter {
namespace {

namespace field = journal::field;

rules::Event rules_event(residents::EventKind kind) {
  const auto event = rules::parse_event(residents::name(kind));
  SHOMEI_INVARIANT(event.has_value());  // the register's events are named as the rules'
  return *event;
}

bool in_force(const journal::CertificateRecord& record) {
  return record.state == journal::CertificateState::valid ||
         record.state == journal::CertificateState::suspended;
}

// What stands in the record after the event, and the certificates that there are. A resident without a card
// has none.
rules::Facts facts_for_event(const residents::Resident& after,
                             const std::optional<residents::CardRecord>& card,
                             const std::vector<journal::CertificateRecord>& held,
                             const residents::RegisterEvent& event, Instant at) {
  auto facts = facts_of(Holder{after, card.value_or(residents::CardRecord{}), held});
  if (!card) facts.card_valid_until.reset();
  facts.event = rules_event(event.kind);
  facts.at = at;
  return facts;
}

// What ends on a day to come is not revoked now: recording the departure itself on that day does it.
Result<std::vector<journal::CertificateRecord>> revoke_what_ends(
    journal::Transaction& transaction, journal::Draft& draft, const rules::Decision& decision,
    const std::vector<journal::CertificateRecord>& held) {
  std::vector<journal::CertificateRecord> revoked;
  for (const auto& end : decision.ends()) {
    if (end.from > decision.at()) continue;
    for (auto record : held) {
      if (record.kind != authority::kind_of(end.kind) || !in_force(record)) continue;
      SHOMEI_CHECK(authority::revoke(transaction, draft, record, decision));
      revoked.push_back(std::move(record));
    }
  }
  return revoked;
}

Result<void> update_rows(journal::Rows& rows, const residents::Resident& after,
                         std::optional<residents::CardRecord> card, residents::EventKind kind) {
  if (kind == residents::EventKind::card_returned && card) {
    card->state = residents::CardState::returned;
    SHOMEI_CHECK(rows.update(*card));
  }
  return rows.update(after);
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
  SHOMEI_TRY(const auto cards, transaction.rows().cards_of(id));
  const auto card = cards.empty() ? std::nullopt : std::optional(cards.back());
  if (event.kind == residents::EventKind::card_returned && !card)
    return not_found("resident_has_no_card", {{"resident", id.text()}});
  const Instant at = parts.journal.clock().now();
  const auto facts = facts_for_event(after, card, held, event, at);
  const rules::Act act{rules::Verb::event, std::nullopt, std::nullopt};
  const auto decision = rules::decide(parts.rules, act, facts, jst_date(at));
  journal::Draft draft{.act = crypto::random_identifier<ActId>(),
                       .person = decision_fields(facts, decision, parts.rules.settings),
                       .officer = officer_fields(residents::name(event.kind), officer)};
  draft.person.insert({{std::string(field::kResident), to_bytes(id.text())},
                       {std::string(field::kBefore), to_bytes(residents::encode_resident(*before))},
                       {std::string(field::kAfter), to_bytes(residents::encode_resident(after))}});
  if (!decision.granted()) {
    const Error refusal = decision.refusal();
    draft.officer.insert_or_assign(std::string(field::kRefusal), to_bytes(refusal.code));
    SHOMEI_CHECK(transaction.append(draft));
    SHOMEI_CHECK(transaction.commit());
    return refusal;
  }
  SHOMEI_CHECK(update_rows(transaction.rows(), after, card, event.kind));
  SHOMEI_TRY(auto revoked, revoke_what_ends(transaction, draft, decision, held));
  SHOMEI_CHECK(transaction.append(draft));
  SHOMEI_CHECK(transaction.commit());
  return EventReport{*before, after, decision, std::move(revoked)};
}

}  // namespace shomei::counter
