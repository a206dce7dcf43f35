// Many certificates at once: one question for what they are, and one statement for what they become.
#include "store/postgres/batch.h"
#include "store/postgres/columns.h"
#include "store/postgres/rows.h"

namespace shomei::store::postgres {
namespace {

using journal::CertificateRecord;

constexpr Statement kStandings{"certificate_standings",
                               "SELECT u.place, c.number, s.state, s.delivered, c.not_before"
                               " FROM unnest($2::bytea[]) WITH ORDINALITY AS u (serial, place)"
                               " JOIN certificate AS c ON c.serial = u.serial AND c.serial_space = $1"
                               " JOIN certificate_state AS s ON s.number = c.number ORDER BY u.place"};

}  // namespace

Result<std::vector<journal::Moved>> PostgresRows::move_states(const journal::StateMove& move) {
  SHOMEI_TRY(const auto space, number_of_space(std::string(move.serial_space)));
  BytesArray serials;
  for (const auto& serial : move.serials) serials.add(serial.magnitude());
  SHOMEI_TRY(const auto answer, read_behind_all(kStandings, Values().bind(space).bind(serials.encoded())));
  std::vector<journal::Moved> all(move.serials.size());
  std::set<std::int64_t> moved;
  for (int i = 0; i < answer.rows(); ++i) {
    const Row row(answer, i);
    const auto place = static_cast<std::size_t>(row.integer(0) - 1);
    CertificateRecord record;
    SHOMEI_TRY(record.state, journal::parse_certificate_state(row.text(2)));
    if (moved.contains(row.integer(1))) record.state = move.to;
    record.delivered = row.boolean(3);
    auto& one = all[place] = journal::moved_by(move, record.state, instant_in(row, 4));
    if (!one.moved) continue;
    moved.insert(row.integer(1));
    record.serial = move.serials[place];
    record.state = move.to;
    record.revoked_at = one.at;
    record.reason = move.reason;
    pending().change_state(row.integer(1), record);
  }
  // Whose certificates they are was not asked, so that what is known of anybody's may be of before.
  known_.certificates.clear();
  queue_pending();
  return all;
}

}  // namespace shomei::store::postgres
