#include "counter/settle_card.h"

#include <algorithm>

#include "authority/issue.h"
#include "counter/card_policy.h"
#include "crypto/digest.h"
#include "crypto/random.h"

namespace shomei::counter {
namespace {

using authority::CardEnd;
using issuer::CardStatus;
using issuer::Script;
using journal::CertificateRecord;
using journal::CertificateState;
namespace field = journal::field;

constexpr std::string_view kDropAct = "roll_back_card";
constexpr std::string_view kKeysDroppedField = "keys_dropped";

bool is_pin_act(const journal::Fields& officer) {
  const auto act = journal::text(officer, field::kAct);
  return act == rules::name(rules::Verb::reset_pin) || act == rules::name(rules::Verb::change_pin);
}

// The act on a PIN that the entry begins, if it does. One on a PIN that only a later version knows is that
// version's to settle.
Result<std::optional<OpenPinAct>> pin_act_of(const journal::StoredEntry& stored, const CardId& card) {
  const auto& person = stored.parts[static_cast<std::size_t>(journal::PartKind::person)];
  const auto& officer = stored.parts[static_cast<std::size_t>(journal::PartKind::officer)];
  if (stored.entry.phase != journal::Phase::intent || !person || !officer) return std::optional<OpenPinAct>{};
  SHOMEI_TRY(const auto officer_fields, journal::parse_fields(officer->body));
  SHOMEI_TRY(const auto fields, journal::parse_fields(person->body));
  if (!is_pin_act(officer_fields) || journal::text(fields, field::kCard) != card.text())
    return std::optional<OpenPinAct>{};
  const auto pin = card::holder_pin(journal::text(fields, kPinField));
  if (!pin) return std::optional<OpenPinAct>{};
  OpenPinAct act{stored.entry.act, *pin, {}};
  if (const auto mark = fields.find(kPinMarkField); mark != fields.end()) act.mark = mark->second;
  return std::optional{std::move(act)};
}

Result<std::vector<OpenPinAct>> open_pin_acts(journal::Rows& rows, const ResidentId& resident,
                                              const CardId& card) {
  SHOMEI_TRY(const auto sequences, rows.entries_of_resident(resident));
  std::vector<OpenPinAct> open;
  for (const auto sequence : sequences) {
    SHOMEI_TRY(const auto stored, rows.find_entry(sequence));
    if (!stored) continue;
    SHOMEI_TRY(auto act, pin_act_of(*stored, card));
    if (!act) continue;
    SHOMEI_TRY(const auto entries, rows.entries_of_act(act->act));
    if (entries.size() == 1) open.push_back(*std::move(act));
  }
  return open;
}

CardEnd end_of(const CertificateRecord& record, const CardStatus& status) {
  const auto kind = card_kind(record.kind);
  if (status.holds(kind, crypto::sha256(record.der)))
    return status.operational ? CardEnd::held : CardEnd::completed;
  return status.has_pending(kind, record.key) ? CardEnd::completed : CardEnd::rolled_back;
}

bool is_set_anew(const OpenPinAct& act, const CardStatus& status) {
  const auto pin = status.pins.find(act.pin);
  return pin != status.pins.end() && pin->second.mark != act.mark;
}

// Those that go into the card: the authority's certificate first, so that whoever sees the new one finds its
// authority beside it.
std::vector<issuer::FileContent> files_of(const CertificateRecord& record,
                                          const std::vector<journal::AuthorityRecord>& authorities) {
  const auto kind = card_kind(record.kind);
  std::vector<issuer::FileContent> files;
  const auto of = std::ranges::find(authorities, record.authority, &journal::AuthorityRecord::name);
  if (of != authorities.end())
    files.push_back({card::ApplicationId::jpki, card::authority_file(kind), of->certificate});
  files.push_back({card::ApplicationId::jpki, card::certificate_file(kind), record.der});
  return files;
}

// Whether the key waits for something: a certificate that is there, or one that is being made.
bool is_awaited(card::Kind kind, const crypto::Sha256& key, const Unsettled& unsettled) {
  const auto is_for = [&](const CertificateRecord& record) {
    return card_kind(record.kind) == kind && record.key == key;
  };
  return std::ranges::any_of(unsettled.undelivered, is_for) ||
         std::ranges::find(unsettled.reserved, key) != unsettled.reserved.end();
}

// Whether a key waits for a certificate that is being made: no card comes into use with it.
bool is_being_made(const Unsettled& unsettled, const CardStatus& status) {
  return std::ranges::any_of(status.pending_keys, [&](const auto& pending) {
    return std::ranges::find(unsettled.reserved, pending.second) != unsettled.reserved.end();
  });
}

std::vector<issuer::FileContent> files_to_write(const CardEnds& ends, const Unsettled& unsettled,
                                                const CardStatus& status) {
  std::vector<issuer::FileContent> files;
  for (const auto& [record, end] : ends.certificates) {
    if (end != CardEnd::completed || status.holds(card_kind(record.kind), crypto::sha256(record.der)))
      continue;
    auto more = files_of(record, unsettled.authorities);
    std::ranges::move(more, std::back_inserter(files));
  }
  return files;
}

Script drop_keys(std::vector<card::Kind> kinds, issuer::Next then) {
  issuer::Next next = std::move(then);
  for (const auto kind : kinds)
    next = [kind, next]() -> Result<Script> { return issuer::drop_pending_key(kind, next); };
  return {{}, [next](const issuer::Answers&) { return next(); }};
}

Result<void> record_pin_act(const CardEnds::PinAct& done, const journal::Fields& officer,
                            journal::Journal& journal) {
  const bool completed = done.end == CardEnd::completed;
  SHOMEI_TRY(auto transaction, journal.begin());
  SHOMEI_CHECK(transaction.append({.act = done.act.act,
                                   .phase = completed ? journal::Phase::result : journal::Phase::written_off,
                                   .officer = authority::with_card_end(officer, done.end)}));
  return transaction.commit();
}

}  // namespace

Result<Unsettled> find_unsettled(journal::Rows& rows, const ResidentId& resident, const CardId& card) {
  Unsettled unsettled;
  SHOMEI_TRY(const auto certificates, rows.certificates_of(resident));
  for (const auto& record : certificates) {
    if (record.card != card) continue;
    if (in_force(record) && !record.delivered) {
      SHOMEI_CHECK(authority::expect_own_certificate(record));
      unsettled.undelivered.push_back(record);
    }
    if (record.state == CertificateState::reserved) unsettled.reserved.push_back(record.key);
  }
  SHOMEI_TRY(unsettled.authorities, rows.list_authorities());
  SHOMEI_TRY(unsettled.pin_acts, open_pin_acts(rows, resident, card));
  return unsettled;
}

CardEnds judge_card(const Unsettled& unsettled, const CardStatus& status) {
  CardEnds ends;
  const bool can_come_into_use = status.operational || !is_being_made(unsettled, status);
  for (const auto& record : unsettled.undelivered) {
    const auto end = end_of(record, status);
    if (end == CardEnd::rolled_back || can_come_into_use) ends.certificates.push_back({record, end});
  }
  for (const auto& [kind, key] : status.pending_keys)
    if (!is_awaited(kind, key, unsettled)) ends.dropped.push_back(kind);
  for (const auto& act : unsettled.pin_acts)
    ends.pin_acts.push_back({act, is_set_anew(act, status) ? CardEnd::completed : CardEnd::rolled_back});
  return ends;
}

bool comes_into_use(const CardEnds& ends, const CardStatus& status) {
  return !status.operational &&
         std::ranges::any_of(ends.certificates, [](const auto& c) { return c.end == CardEnd::completed; });
}

Script settle_on_card(const CardEnds& ends, const Unsettled& unsettled, const CardStatus& status,
                      const CardContents& contents, issuer::Next then) {
  auto files = files_to_write(ends, unsettled, status);
  const bool into_use = comes_into_use(ends, status);
  const issuer::Next in_use = [then = std::move(then), into_use]() -> Result<Script> {
    return into_use ? issuer::make_operational(then) : then();
  };
  return bring_contents(contents, status, [files, dropped = ends.dropped, in_use]() -> Result<Script> {
    return issuer::write_files(files,
                               [dropped, in_use]() -> Result<Script> { return drop_keys(dropped, in_use); });
  });
}

Result<void> record_dropped_keys(const CardEnds& ends, const ResidentId& resident, const CardId& card,
                                 journal::Fields officer, journal::Journal& journal) {
  if (ends.dropped.empty()) return {};
  officer.insert_or_assign(std::string(field::kAct), to_bytes(kDropAct));
  std::string which;
  for (const auto kind : ends.dropped) which += (which.empty() ? "" : ", ") + std::string(card::name(kind));
  SHOMEI_TRY(auto transaction, journal.begin());
  journal::Draft draft{.act = crypto::ordered_identifier<ActId>(),
                       .officer = authority::with_card_end(std::move(officer), CardEnd::rolled_back),
                       .about = resident};
  draft.person = {{std::string(field::kResident), to_bytes(resident.text())},
                  {std::string(field::kCard), to_bytes(card.text())},
                  {std::string(kKeysDroppedField), to_bytes(which)}};
  SHOMEI_CHECK(transaction.append(draft));
  return transaction.commit();
}

Result<void> record_certificates(const CardEnds& ends, const journal::Fields& officer,
                                 journal::Journal& journal) {
  for (const auto& [record, end] : ends.certificates)
    SHOMEI_CHECK(authority::settle(record, end, officer, journal));
  return {};
}

Result<void> record_pin_acts(const CardEnds& ends, const journal::Fields& officer,
                             journal::Journal& journal) {
  for (const auto& done : ends.pin_acts) SHOMEI_CHECK(record_pin_act(done, officer, journal));
  return {};
}

std::vector<SettledThing> settled_things(const CardEnds& ends) {
  using What = SettledThing::What;
  std::vector<SettledThing> things;
  for (const auto& [record, end] : ends.certificates)
    things.push_back({What::certificate, card::pin_id(card_kind(record.kind)), end, record.serial.hex()});
  for (const auto kind : ends.dropped)
    things.push_back({What::key, card::pin_id(kind), CardEnd::rolled_back, {}});
  for (const auto& [act, end] : ends.pin_acts) things.push_back({What::pin, act.pin, end, {}});
  return things;
}

}  // namespace shomei::counter
