#include "counter/register_event.h"

#include "authority/change_status.h"
#include "authority/prepare.h"
#include "base/check.h"
#include "counter/admit.h"
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

// Two acts at once: an issue that is under way would be decided on the record as it was.
Result<void> expect_no_issue_under_way(const std::vector<journal::CertificateRecord>& held) {
  for (const auto& record : held)
    if (record.state == journal::CertificateState::reserved)
      return conflict("issue_under_way", {{"kind", std::string(pki::name(record.kind))}});
  return {};
}

// The record and the card as they were, and as they are after.
struct Change {
  residents::Resident before, after;
  std::optional<residents::CardRecord> card, card_after;
};

Result<Change> change_of(journal::Rows& rows, const ResidentId& id, const residents::RegisterEvent& event,
                         Date today) {
  SHOMEI_TRY(auto before, rows.find_resident(id));
  if (!before) return not_found("resident_unknown", {{"resident", id.text()}});
  SHOMEI_TRY(auto after, residents::apply(event, *before, today));
  if (event.kind == residents::EventKind::birth_date_corrected)
    SHOMEI_CHECK(residents::expect_born(after, today));
  SHOMEI_TRY(const auto cards, rows.cards_of(id));
  Change change{*std::move(before), std::move(after), {}, {}};
  if (!cards.empty()) change.card = change.card_after = cards.back();
  if (event.kind != residents::EventKind::card_returned) return change;
  if (!change.card) return not_found("resident_has_no_card", {{"resident", id.text()}});
  if (change.card->state == residents::CardState::returned)
    return refused("event_changes_nothing", {{"event", std::string(name(event.kind))}});
  change.card_after->state = residents::CardState::returned;
  return change;
}

// What stands in the record after the event, and the card and certificates that there are when it happens. A
// resident without a card has none.
rules::Facts facts_of_event(const Change& change, const std::vector<journal::CertificateRecord>& held,
                            residents::EventKind kind, const Office& office, Instant at) {
  auto facts =
      facts_of(Holder{change.after, change.card.value_or(residents::CardRecord{}), held}, office, at);
  if (!change.card) facts.card_valid_until.reset();
  facts.event = rules_event(kind);
  return facts;
}

constexpr rules::Act kEvent{rules::Verb::event, std::nullopt, std::nullopt};

void put_change(journal::Fields& person, const Change& change) {
  person.insert({{std::string(field::kBefore), to_bytes(residents::encode_resident(change.before))},
                 {std::string(field::kAfter), to_bytes(residents::encode_resident(change.after))}});
  if (change.card && change.card->state != change.card_after->state)
    person.insert({{std::string(field::kCard), to_bytes(change.card->id.text())},
                   {std::string(field::kCardState), to_bytes(residents::name(change.card_after->state))}});
}

Result<void> update_rows(journal::Rows& rows, const Change& change) {
  if (change.card && change.card->state != change.card_after->state)
    SHOMEI_CHECK(rows.update(*change.card_after));
  return rows.update(change.after);
}

}  // namespace

Result<rules::Facts> event_facts(const Directory& directory, journal::Rows& rows, const OfficeId& office_id,
                                 const ResidentId& id, const residents::RegisterEvent& event, Instant at) {
  SHOMEI_TRY(const auto office, directory.office(office_id));
  SHOMEI_TRY(const auto change, change_of(rows, id, event, jst_date(at)));
  SHOMEI_TRY(const auto held, rows.certificates_of(id));
  return facts_of_event(change, held, event.kind, office, at);
}

Result<EventReport> record_event(const Parts& parts, const Officer& officer, const ResidentId& id,
                                 const residents::RegisterEvent& event) {
  SHOMEI_TRY(const auto office, admit(parts, "event", officer));
  if (!event.municipality.empty()) SHOMEI_CHECK(parts.directory.municipality(event.municipality));
  SHOMEI_TRY(auto transaction, parts.journal.begin());
  const Instant at = parts.journal.clock().now();
  SHOMEI_TRY(auto change, change_of(transaction.rows(), id, event, jst_date(at)));
  SHOMEI_TRY(const auto held, transaction.rows().certificates_of(id));
  SHOMEI_CHECK(expect_no_issue_under_way(held));
  const auto facts = facts_of_event(change, held, event.kind, office, at);
  const auto decision = rules::decide(parts.rules, kEvent, facts, jst_date(at));
  journal::Draft draft{.act = crypto::ordered_identifier<ActId>(),
                       .person = decision_fields(facts, decision, parts.rules.settings),
                       .officer = officer_fields(residents::name(event.kind), officer),
                       .about = id};
  draft.person.insert({std::string(field::kResident), to_bytes(id.text())});
  if (!decision.granted()) {
    const Error refusal = decision.refusal();
    draft.officer.insert_or_assign(std::string(field::kRefusal), to_bytes(refusal.code));
    SHOMEI_CHECK(transaction.append(draft));
    SHOMEI_CHECK(transaction.commit());
    return refusal;
  }
  put_change(draft.person, change);
  SHOMEI_CHECK(update_rows(transaction.rows(), change));
  SHOMEI_TRY(auto revoked, revoke_what_ends(transaction, draft, decision, held));
  SHOMEI_CHECK(transaction.append(draft));
  SHOMEI_CHECK(transaction.commit());
  return EventReport{std::move(change.before), std::move(change.after), decision, std::move(revoked)};
}

}  // namespace shomei::counter
