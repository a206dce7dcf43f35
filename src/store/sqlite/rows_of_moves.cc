// Many certificates at once. Only what ever changes is written, and nothing of a row is read but its state.
#include <map>

#include "store/sqlite/columns.h"
#include "store/sqlite/rows.h"

namespace shomei::store {
namespace {

using journal::CertificateState;

constexpr std::string_view kStanding =
    "SELECT number, state, not_before FROM certificate WHERE serial = ? AND serial_space = ?";
constexpr std::string_view kMove =
    "UPDATE certificate SET state = ?, revoked_at = ?, reason = ? WHERE number = ?";

struct Standing {
  std::int64_t number = 0;
  CertificateState state{};
  Instant not_before;
};

Result<Standing> read_standing(const Query& row) {
  SHOMEI_TRY(const auto state, journal::parse_certificate_state(row.text(1)));
  return Standing{row.integer(0), state, instant_in(row, 2)};
}

}  // namespace

Result<std::vector<journal::Moved>> SqliteRows::move_states(const journal::StateMove& move) {
  SHOMEI_TRY(const auto space, number_of_space(std::string(move.serial_space)));
  std::vector<journal::Moved> all;
  std::map<std::int64_t, Instant> moves;  // in the order of the rows, so that each page is written once
  for (const auto& serial : move.serials) {
    SHOMEI_TRY(auto query, select(kStanding, kCertificates));
    SHOMEI_TRY(const auto found, first_of(query.bind(serial.magnitude()).bind(space), read_standing));
    auto& one = all.emplace_back();
    if (!found) continue;
    one = journal::moved_by(move, moves.contains(found->number) ? move.to : found->state, found->not_before);
    if (one.moved) moves.emplace(found->number, one.at);
  }
  const auto put = [this, moves = std::move(moves), to = move.to, reason = move.reason]() -> Result<void> {
    for (const auto& [number, at] : moves) {
      SHOMEI_TRY(auto query, prepare(kMove));
      query.bind(journal::name(to)).bind(seconds(at)).bind(std::int64_t{static_cast<std::uint8_t>(reason)});
      SHOMEI_CHECK(query.bind(number).run());
    }
    return {};
  };
  SHOMEI_CHECK(write(kCertificates, put));
  return all;
}

}  // namespace shomei::store
