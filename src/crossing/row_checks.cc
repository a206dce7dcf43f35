#include "crossing/row_checks.h"

#include "crossing/entry_checks.h"
#include "crypto/digest.h"
#include "register/register_line.h"

namespace shomei::crossing {

using journal::CertificateRecord;
using journal::CertificateState;
using journal::RowKind;

template <class Row, class Each>
Result<void> RowChecks::each(RowKind kind, const Each& what) {
  return rows_.each_row(
      kind, [&](const journal::StoreRow& row) -> Result<void> { return what(std::get<Row>(row)); });
}

Result<void> RowChecks::before_entries(Report& report) {
  report.certificates = report.requests = 0;
  SHOMEI_CHECK(each<residents::CardRecord>(RowKind::card, [&](const auto& card) -> Result<void> {
    recall_.say(Recall::key_of(Topic::card_holder, card.id.text()), card.holder.text());
    return {};
  }));
  SHOMEI_CHECK(each<CertificateRecord>(RowKind::certificate, [&](const auto& record) -> Result<void> {
    ++report.certificates;
    take_in(record);
    return {};
  }));
  SHOMEI_CHECK(each<journal::RequestRecord>(RowKind::request, [&](const auto& record) -> Result<void> {
    ++report.requests;
    recall_.say(Recall::key_of(Topic::request_row, record.request.text()), record.act.text());
    return {};
  }));
  return each<journal::About>(RowKind::about, [&](const auto& about) -> Result<void> {
    recall_.say(Recall::key_of(Topic::about, std::to_string(about.sequence)), about.resident.text());
    return {};
  });
}

void RowChecks::take_in(const CertificateRecord& record) {
  const auto& act = record.act.text();
  const auto serial = serial_words(record.authority, record.serial);
  const auto say = [&](Topic topic, const std::string& thing, std::string_view said) {
    recall_.say(Recall::key_of(topic, thing), said);
  };
  say(Topic::row_person, act, joined({record.resident.text(), record.card.text()}));
  say(Topic::row_office, act, record.office.text());
  say(Topic::row_reserved, act, serial);
  say(Topic::row_key, act, to_hex(record.key));
  say(Topic::serial_person, serial, record.resident.text());
  say(Topic::serial_card, serial, record.card.text());
  if (!record.der.empty())
    say(Topic::row_issued, act,
        issued_words({record.authority, record.serial, record.not_before, record.not_after, record.partition,
                      crypto::sha256(record.der)}));
}

Result<void> RowChecks::after_entries() {
  SHOMEI_CHECK(each<CertificateRecord>(RowKind::certificate, [&](const auto& row) { return check(row); }));
  SHOMEI_CHECK(each<journal::RequestRecord>(RowKind::request, [&](const auto& row) { return check(row); }));
  return each<residents::Resident>(RowKind::resident, [&](const auto& row) { return check(row); });
}

Result<void> RowChecks::tell(const Recall::Key& key, const ActId& act, std::string_view invariant,
                             std::string detail) {
  SHOMEI_TRY(const auto sequences, rows_.entries_of_act(act));
  findings_.tell(key, sequences.empty() ? entries_ : sequences.front(), invariant, std::move(detail));
  return {};
}

Result<void> RowChecks::check(const CertificateRecord& record) {
  const std::string which = "The row of the certificate " + record.serial.hex() + " of " + record.authority;
  const auto key = Recall::key_of(Topic::key_act, to_hex(record.key));
  if (recall_.hear(key, record.act.text()) == Heard::other)
    SHOMEI_CHECK(tell(key, record.act, invariant::kKeyOnce, which + " has a key that another has too."));

  const bool off = record.state == CertificateState::written_off;
  const auto serial = Recall::key_of(Topic::serial_state, serial_words(record.authority, record.serial));
  const auto state = off ? CertificateState::reserved : record.state;
  const auto heard = recall_.look(serial, state_words(state, record.revoked_at, record.reason));
  if (heard == Heard::other || heard == Heard::nothing)
    SHOMEI_CHECK(tell(serial, record.act, invariant::kRowState,
                      which + " says that it is " + std::string(journal::name(record.state)) +
                          ", and the entries say something else."));
  const auto end = Recall::key_of(Topic::act_end, record.act.text());
  const auto ended = recall_.look(end, "written off");
  if ((off && ended == Heard::nothing) || (!off && ended == Heard::same))
    SHOMEI_CHECK(tell(end, record.act, invariant::kRowState,
                      which + " and the entries disagree on whether it was written off."));
  const auto confirmation = Recall::key_of(Topic::act_confirmed, record.act.text());
  const auto confirmed = recall_.look(confirmation, "confirmed");
  if ((record.delivered && confirmed == Heard::nothing) || (!record.delivered && confirmed == Heard::same))
    SHOMEI_CHECK(tell(confirmation, record.act, invariant::kRowState,
                      which + " and the entries disagree on whether its card has it."));
  return {};
}

Result<void> RowChecks::check(const journal::RequestRecord& record) {
  const auto key = Recall::key_of(Topic::act_request, record.act.text());
  const auto heard = recall_.look(key, record.request.text());
  if (heard == Heard::same || heard == Heard::not_now) return {};
  return tell(key, record.act, invariant::kRequestAct,
              "The request " + record.request.text() + " is said to have led to the act " +
                  record.act.text() + ", which does not name it.");
}

Result<void> RowChecks::check(const residents::Resident& resident) {
  const auto key = Recall::key_of(Topic::register_record, resident.id.text());
  if (recall_.look(key, residents::encode_resident(resident)) != Heard::other) return {};
  SHOMEI_TRY(const auto sequences, rows_.entries_of_resident(resident.id));
  findings_.tell(key, sequences.empty() ? entries_ : sequences.back(), invariant::kRegisterRow,
                 "The row of the resident " + resident.id.text() + " is not what the last entry left.");
  return {};
}

}  // namespace shomei::crossing
