#include "base/check.h"
#include "store/sqlite/columns.h"
#include "store/sqlite/open.h"
#include "store/sqlite/rows.h"

namespace shomei::store {
namespace {

using journal::RowKind;
using journal::StoreRow;

// In SQL, between single quotes.
std::string in_quotes(std::string_view text) {
  std::string quoted;
  for (const char c : text) quoted += c == '\'' ? std::string("''") : std::string(1, c);
  return quoted;
}

}  // namespace

Result<void> SqliteRows::each_row(RowKind kind, const EachRow& each) {
  if (kind == RowKind::resident || kind == RowKind::card) return each_of_register(kind, each);
  if (kind >= RowKind::entry) return each_of_journal(kind, each);
  return each_of_certificates(kind, each);
}

Result<void> SqliteRows::put_row(const StoreRow& row) {
  return std::visit(
      journal::Each{
          [&](const journal::SerialSpace& space) -> Result<void> {
            SHOMEI_INVARIANT(space.last_number <= static_cast<std::uint64_t>(INT64_MAX));
            SHOMEI_TRY(auto query, change("INSERT INTO serial_space (name, last_number) VALUES (?, ?)"));
            return query.bind(space.name).bind(static_cast<std::int64_t>(space.last_number)).run();
          },
          [&](const journal::StoredEntry& entry) -> Result<void> { return put_entry(entry, {}); },
          [&](const journal::About& about) -> Result<void> {
            SHOMEI_TRY(auto query, change("INSERT INTO entry_about (resident_mark, sequence, resident)"
                                          " VALUES (?, ?, ?)"));
            query.bind(journal::mark_of(about.resident)).bind(static_cast<std::int64_t>(about.sequence));
            return query.bind(about.resident.text()).run();
          },
          [&](const journal::StoredTile& tile) -> Result<void> {
            return put_tile(tile.level, tile.index, tile.hashes);
          },
          [&](const journal::Head& head) -> Result<void> { return put_head(head); },
          [&](const auto& inserted) -> Result<void> { return insert(inserted); }},
      row);
}

// Every commit that appends entries puts the head: a trigger stops processes too that opened the store long
// before.
Result<void> SqliteRows::retire(const std::string& place) {
  SHOMEI_INVARIANT(access_ == journal::Access::write && database_);
  const std::string stop =
      " BEGIN SELECT RAISE(ABORT, '" + std::string(kMovedTo) + in_quotes(place) + "'); END;";
  return database_->execute(
      "CREATE TABLE moved_to (place TEXT NOT NULL) STRICT; INSERT INTO moved_to VALUES ('" +
      in_quotes(place) + "'); CREATE TRIGGER moved_head_is_not_put BEFORE INSERT ON head" + stop +
      " CREATE TRIGGER moved_head_is_not_changed BEFORE UPDATE ON head" + stop);
}

Result<std::optional<std::string>> SqliteRows::retired_to() {
  SHOMEI_INVARIANT(database_ != nullptr);
  return moved_to(*database_);
}

}  // namespace shomei::store
