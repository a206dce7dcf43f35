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

journal::Fields recovering() {
  return {{std::string(field::kAct), to_bytes("recover")}, {std::string(field::kActor), to_bytes("system")}};
}

// Nobody can know whether the key was used: if it was, the certificate left no trace outside, and its serial
// is unknown to every status answer.
Result<void> give_up(const CertificateRecord& record, journal::Journal& journal) {
  return write_off(record, recovering(), journal);
}

Result<void> take_back(CertificateRecord record, journal::Journal& journal) {
  SHOMEI_TRY(auto transaction, journal.begin());
  Draft draft{.act = crypto::ordered_identifier<ActId>(), .officer = recovering(), .about = record.resident};
  draft.person = {{std::string(field::kResident), to_bytes(record.resident.text())},
                  {std::string(field::kCard), to_bytes(record.card.text())}};
  SHOMEI_CHECK(revoke_undelivered(transaction, draft, record, journal.clock().now()));
  SHOMEI_CHECK(transaction.append(draft));
  return transaction.commit();
}

}  // namespace

Result<Recovery> recover(journal::Journal& journal, const CardHolds& card_holds) {
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
    const auto holds = card_holds(record);
    if (!holds) {
      ++done.left;  // the card is in a reader: the next opening looks again
      continue;
    }
    SHOMEI_CHECK(*holds ? confirm_delivery(record, recovering(), journal) : take_back(record, journal));
    ++(*holds ? done.confirmed : done.revoked);
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
