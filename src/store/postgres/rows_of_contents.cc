#include "base/check.h"
#include "store/postgres/retired.h"
#include "store/postgres/rows.h"

namespace shomei::store::postgres {
namespace {

using journal::RowKind;
using journal::StoreRow;

constexpr std::size_t kPutBytesMax = 8 * 1024 * 1024, kPutRowsMax = 1000;

constexpr Statement kPutSpace{
    "put_space", "INSERT INTO serial_space (name, last_number) VALUES ($1, $2) RETURNING number"};
// A server ends a session that stands still in its transaction, which one end of a copy does while the other
// works.
constexpr Statement kTakeYourTime{"take_your_time", "SET LOCAL idle_in_transaction_session_timeout = 0"};
constexpr Statement kMark{"head_mark", "SELECT mark FROM head"};

}  // namespace

Result<void> PostgresRows::each_page(const Statement& statement, std::int64_t count, Values behind,
                                     const std::function<Result<Values>(const Row&)>& take) {
  while (true) {
    SHOMEI_TRY(const auto answer, read(statement, behind.bind(count)));
    for (int i = 0; i < answer.rows(); ++i) {
      SHOMEI_TRY(behind, take(Row(answer, i)));
    }
    if (answer.rows() < count) return {};
  }
}

Result<void> PostgresRows::each_row(RowKind kind, const EachRow& each) {
  SHOMEI_INVARIANT(connection_ != nullptr);
  queue_pending();
  put_rows_ = 0;
  if (!std::exchange(walks_, true)) SHOMEI_CHECK(connection_->ask(kTakeYourTime));
  switch (kind) {
    case RowKind::resident:
    case RowKind::card:
      return each_of_register(kind, each);
    case RowKind::blocked_key:
    case RowKind::request:
    case RowKind::crl:
      return each_of_requests(kind, each);
    case RowKind::authority:
    case RowKind::serial_space:
    case RowKind::certificate:
      return each_of_certificates(kind, each);
    default:
      return each_of_journal(kind, each);
  }
}

Result<void> PostgresRows::put(const StoreRow& row) {
  return std::visit(
      journal::Each{[&](const residents::Resident& resident) -> Result<void> {
                      pending().put_resident(resident);
                      return {};
                    },
                    [&](const residents::CardRecord& card) -> Result<void> {
                      pending().put_card(card);
                      return {};
                    },
                    [&](const journal::SerialSpace& space) -> Result<void> {
                      Values values;
                      values.bind(space.name).bind(static_cast<std::int64_t>(space.last_number));
                      SHOMEI_TRY(const auto answer, change(kPutSpace, values));
                      now_.spaces[space.name] = Row(answer, 0).integer(0);
                      return {};
                    },
                    [&](const journal::CertificateRecord& c) -> Result<void> {
                      SHOMEI_TRY(const auto space, number_of_space(c.serial_space));
                      pending().put_certificate(++now_.certificates, space, c);
                      return {};
                    },
                    [&](const journal::RequestRecord& request) -> Result<void> {
                      pending().put_request(request);
                      return {};
                    },
                    [&](const journal::StoredEntry& entry) -> Result<void> { return put_entry(entry, {}); },
                    [&](const journal::About& about) -> Result<void> {
                      pending().put_about(about);
                      return {};
                    },
                    [&](const journal::StoredTile& tile) -> Result<void> {
                      return put_tile(tile.level, tile.index, tile.hashes);
                    },
                    [&](const journal::Head& head) -> Result<void> { return put_head(head); },
                    [&](const auto& few) -> Result<void> { return insert(few); }},
      row);
}

Result<void> PostgresRows::put_row(const StoreRow& row) {
  SHOMEI_CHECK(put(row));
  if (++put_rows_ < kPutRowsMax && pending().bytes() < kPutBytesMax) return {};
  put_rows_ = 0;
  queue_pending();
  SHOMEI_CHECK(connection_->settle());
  return {};
}

Result<void> PostgresRows::retire(const std::string& place) {
  SHOMEI_INVARIANT(access_ == journal::Access::write && connection_);
  retired_to_ = place;
  sent_ = true;
  return {};
}

Result<std::optional<std::string>> PostgresRows::retired_to() {
  SHOMEI_TRY(const auto answer, read(kMark));
  if (answer.rows() != 1) return internal("store_row_broken", {{"what", "the head"}});
  return place_of_retired(Row(answer, 0).blob(0));
}

}  // namespace shomei::store::postgres
