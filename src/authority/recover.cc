#include "authority/recover.h"

#include "authority/change_status.h"
#include "authority/issue.h"
#include "crypto/random.h"

namespace shomei::authority {
namespace {

using journal::CertificateRecord;
using journal::CertificateState;
using journal::Draft;
namespace field = journal::field;

// Nobody can know whether the key was used: if it was, the certificate left no trace outside, and its serial
// is unknown to every status answer.
Result<void> give_up(const CertificateRecord& record, journal::Journal& journal) {
  return write_off(record, recovering(), journal);
}

Result<void> take_back(CertificateRecord record, journal::Fields officer, journal::Journal& journal) {
  SHOMEI_TRY(auto transaction, journal.begin());
  Draft draft{
      .act = crypto::ordered_identifier<ActId>(), .officer = std::move(officer), .about = record.resident};
  draft.person = {{std::string(field::kResident), to_bytes(record.resident.text())},
                  {std::string(field::kCard), to_bytes(record.card.text())}};
  SHOMEI_CHECK(revoke_undelivered(transaction, draft, record, journal.clock().now()));
  SHOMEI_CHECK(transaction.append(draft));
  return transaction.commit();
}

}  // namespace

journal::Fields recovering() {
  return {{std::string(field::kAct), to_bytes("recover")}, {std::string(field::kActor), to_bytes("system")}};
}

std::string_view name(CardEnd end) {
  static constexpr std::string_view kNames[] = {"held", "completed", "rolled_back"};
  return kNames[static_cast<std::size_t>(end)];
}

journal::Fields with_card_end(journal::Fields officer, CardEnd end) {
  officer.insert_or_assign(std::string(kCardEndField), to_bytes(name(end)));
  return officer;
}

Result<void> settle(const CertificateRecord& record, CardEnd end, const journal::Fields& officer,
                    journal::Journal& journal) {
  auto fields = with_card_end(officer, end);
  if (end == CardEnd::rolled_back) return take_back(record, std::move(fields), journal);
  return confirm_delivery(record, fields, journal);
}

Result<Recovery> recover(journal::Journal& journal, const EndOnCard& end_on_card) {
  Recovery done;
  SHOMEI_TRY(auto rows, journal.read());
  SHOMEI_TRY(const auto intents, rows->certificates_in_state(CertificateState::reserved));
  SHOMEI_TRY(const auto undelivered, rows->undelivered());
  rows.reset();
  for (const auto& record : intents) {
    SHOMEI_CHECK(give_up(record, journal));
    ++done.written_off;
  }
  for (const auto& record : undelivered) {
    const auto end = end_on_card(record);
    if (!end) {
      ++done.left;  // the card is in a reader: the next opening looks again
      continue;
    }
    SHOMEI_CHECK(settle(record, *end, recovering(), journal));
    ++(*end == CardEnd::rolled_back ? done.revoked : done.confirmed);
  }
  return done;
}

Result<std::size_t> AbandonedIntents::look(journal::Journal& journal, Clock::time_point now) {
  SHOMEI_TRY(auto rows, journal.read());
  SHOMEI_TRY(const auto intents, rows->certificates_in_state(CertificateState::reserved));
  rows.reset();
  std::size_t done = 0;
  std::map<ActId, Clock::time_point> there;
  for (const auto& record : intents) {
    const auto before = seen_.find(record.act);
    const auto first = before == seen_.end() ? now : before->second;
    there.emplace(record.act, first);
    if (now - first < patience_) continue;
    const auto written = give_up(record, journal);
    // Its own process came first after all, or another wrote it off.
    if (!written && written.error().code != "certificate_state_moved") return written.error();
    done += written ? 1 : 0;
  }
  seen_ = std::move(there);
  return done;
}

}  // namespace shomei::authority
