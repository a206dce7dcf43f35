#include <string>

#include "base/check.h"
#include "store/sqlite/columns.h"
#include "store/sqlite/rows.h"

namespace shomei::store {
namespace {

using journal::Part;
using journal::PartKind;
using journal::Sha256;
using journal::StoredEntry;

std::int64_t number(std::uint64_t value) {
  SHOMEI_INVARIANT(value <= static_cast<std::uint64_t>(INT64_MAX));
  return static_cast<std::int64_t>(value);
}

// Parts that are not wanted are not read, and the table of those about persons is not joined for the status
// part.
std::string select_of(std::array<bool, 3> wanted) {
  static constexpr std::string_view kColumns[] = {", j.status_salt, j.status_body",
                                                  ", p.person_salt, p.person_body",
                                                  ", p.operator_salt, p.operator_body"};
  std::string columns = "SELECT j.sequence, j.act, j.entry";
  for (std::size_t i = 0; i < wanted.size(); ++i)
    columns += wanted[i] ? kColumns[i] : std::string_view(", NULL, NULL");
  const std::string_view join =
      wanted[1] || wanted[2] ? " LEFT JOIN private_part AS p ON p.sequence = j.sequence" : "";
  return columns + " FROM journal AS j" + std::string(join) +
         " WHERE j.sequence >= ? ORDER BY j.sequence LIMIT ?";
}

const std::string& entries_sql(std::array<bool, 3> wanted) {
  static const auto kAll = [] {
    std::array<std::string, 8> all;
    for (unsigned i = 0; i < all.size(); ++i) all[i] = select_of({(i & 1) != 0, (i & 2) != 0, (i & 4) != 0});
    return all;
  }();
  return kAll[(wanted[0] ? 1U : 0U) | (wanted[1] ? 2U : 0U) | (wanted[2] ? 4U : 0U)];
}

Result<std::optional<Part>> part_in(const Query& row, int column) {
  if (row.is_null(column) || row.is_null(column + 1)) return std::optional<Part>{};
  Part part;
  SHOMEI_TRY(part.salt, array_in<32>(row, column));
  part.body = row.blob(column + 1);
  return std::optional<Part>{std::move(part)};
}

Result<StoredEntry> read_entry(const Query& row) {
  StoredEntry stored;
  auto entry = journal::parse_entry(row.blob(2));
  if (!entry) return row_broken("the entry number " + std::to_string(row.integer(0)));
  stored.entry = std::move(*entry);
  // The columns repeat what the entry says, for the indexes; they must not say anything else.
  if (number(stored.entry.sequence) != row.integer(0) || stored.entry.act.text() != row.text(1))
    return row_broken("the sequence or act of the entry number " + std::to_string(row.integer(0)));
  for (int i = 0; i < 3; ++i) {
    SHOMEI_TRY(stored.parts[static_cast<std::size_t>(i)], part_in(row, 3 + 2 * i));
  }
  return stored;
}

Result<std::uint64_t> read_sequence(const Query& row) {
  return static_cast<std::uint64_t>(row.integer(0));
}
Result<Bytes> read_blob(const Query& row) {
  return row.blob(0);
}
Result<journal::Head> read_head(const Query& row) {
  return journal::Head{static_cast<std::uint64_t>(row.integer(0)),
                       InstantMs{std::chrono::milliseconds{row.integer(1)}}, row.text(2)};
}

Result<journal::About> read_about(const Query& row) {
  journal::About about{static_cast<std::uint64_t>(row.integer(0)), {}};
  SHOMEI_TRY(about.resident, id_in<ResidentId>(row, 1));
  return about;
}

constexpr unsigned kIndexBits = 56;

Result<journal::StoredTile> read_tile(const Query& row) {
  const auto number = static_cast<std::uint64_t>(row.integer(0));
  return journal::StoredTile{static_cast<unsigned>(number >> kIndexBits),
                             number & ((std::uint64_t{1} << kIndexBits) - 1), row.blob(1)};
}

std::int64_t tile_number(unsigned level, std::uint64_t index) {
  SHOMEI_INVARIANT(level < 8 && index >> kIndexBits == 0);
  return number(std::uint64_t{level} << kIndexBits | index);
}

}  // namespace

Result<journal::Head> SqliteRows::head() {
  SHOMEI_TRY(auto query, select("SELECT size, last_recorded_at, checkpoint FROM head", kNone));
  SHOMEI_TRY(auto head, first_of(query, read_head));
  return head ? *std::move(head) : journal::Head{};
}

Result<void> SqliteRows::put_head(const journal::Head& head) {
  SHOMEI_TRY(auto query,
             change("INSERT INTO head (only, size, last_recorded_at, checkpoint) VALUES (1, ?, ?, ?)"
                    " ON CONFLICT (only) DO UPDATE SET size = excluded.size,"
                    " last_recorded_at = excluded.last_recorded_at, checkpoint = excluded.checkpoint"));
  query.bind(number(head.size)).bind(std::int64_t{head.last_recorded_at.time_since_epoch().count()});
  return query.bind(head.checkpoint).run();
}

Result<std::optional<StoredEntry>> SqliteRows::find_entry(std::uint64_t sequence) {
  SHOMEI_TRY(auto query, select(entries_sql({true, true, true})));
  query.bind(number(sequence)).bind(std::int64_t{1});
  auto entry = first_of(query, read_entry);
  // The query finds the next one where this one is missing.
  if (entry && *entry && (*entry)->entry.sequence != sequence) entry->reset();
  return entry;
}

Result<void> SqliteRows::each_entry(std::uint64_t first, std::array<bool, 3> wanted,
                                    const std::function<bool(const StoredEntry&)>& each) {
  SHOMEI_TRY(auto query, select(entries_sql(wanted)));
  query.bind(number(first)).bind(std::int64_t{-1});
  while (true) {
    SHOMEI_TRY(const bool found, query.step());
    if (!found) return {};
    SHOMEI_TRY(const auto entry, read_entry(query));
    if (!each(entry)) return {};
  }
}

Result<std::vector<std::uint64_t>> SqliteRows::entries_of_act(const ActId& act) {
  SHOMEI_TRY(auto query, select("SELECT sequence FROM journal WHERE act = ? ORDER BY sequence"));
  return all_of(query.bind(act.text()), read_sequence);
}

Result<std::vector<std::uint64_t>> SqliteRows::entries_of_resident(const ResidentId& resident) {
  SHOMEI_TRY(auto query,
             select("SELECT sequence FROM entry_about WHERE resident_mark = ?1 AND resident = ?2 UNION"
                    " SELECT j.sequence FROM certificate AS c JOIN journal AS j ON j.act = c.act"
                    " WHERE c.resident_mark = ?1 AND c.resident = ?2 ORDER BY 1"));
  return all_of(query.bind(mark_of(resident.text())).bind(resident.text()), read_sequence);
}

Result<void> SqliteRows::put_entry(const StoredEntry& stored, const ResidentId& about) {
  return write(kEntries, [this, stored, about] { return write_entry(stored, about); });
}

Result<void> SqliteRows::write_entry(const StoredEntry& stored, const ResidentId& about) {
  const auto& entry = stored.entry;
  SHOMEI_TRY(auto query, prepare("INSERT INTO journal (sequence, act, entry, status_salt, status_body)"
                                 " VALUES (?, ?, ?, ?, ?)"));
  query.bind(number(entry.sequence)).bind(entry.act.text()).bind(journal::encode_entry(entry));
  const auto part = [&](Query& to, PartKind kind) {
    const auto& p = stored.parts[static_cast<std::size_t>(kind)];
    p ? to.bind_borrowed(p->salt).bind_borrowed(p->body) : to.bind_null().bind_null();
  };
  part(query, PartKind::status);
  SHOMEI_CHECK(query.run());
  SHOMEI_TRY(auto secret, prepare("INSERT INTO private_part (sequence, person_salt, person_body,"
                                  " operator_salt, operator_body) VALUES (?, ?, ?, ?, ?)"));
  secret.bind(number(entry.sequence));
  part(secret, PartKind::person);
  part(secret, PartKind::officer);
  SHOMEI_CHECK(secret.run());
  if (about.empty()) return {};
  SHOMEI_TRY(auto index,
             prepare("INSERT INTO entry_about (resident_mark, sequence, resident) VALUES (?, ?, ?)"));
  return index.bind(mark_of(about.text())).bind(number(entry.sequence)).bind(about.text()).run();
}

Result<void> SqliteRows::erase_person_part(std::uint64_t sequence) {
  SHOMEI_TRY(auto query, change("UPDATE private_part SET person_salt = NULL, person_body = NULL"
                                " WHERE sequence = ?"));
  return query.bind(number(sequence)).run();
}

Result<std::optional<Bytes>> SqliteRows::tile(unsigned level, std::uint64_t index) {
  SHOMEI_TRY(auto query, select("SELECT hashes FROM tile WHERE number = ?", kNone));
  return first_of(query.bind(tile_number(level, index)), read_blob);
}

Result<void> SqliteRows::put_tile(unsigned level, std::uint64_t index, ByteView hashes) {
  SHOMEI_TRY(auto query, change("INSERT INTO tile (number, hashes) VALUES (?, ?)"
                                " ON CONFLICT (number) DO UPDATE SET hashes = excluded.hashes"));
  return query.bind(tile_number(level, index)).bind_borrowed(hashes).run();
}

Result<void> SqliteRows::each_of_journal(journal::RowKind kind, const EachRow& each) {
  using enum journal::RowKind;
  const auto every = [&](std::string_view sql, auto read) -> Result<void> {
    SHOMEI_TRY(auto query, select(sql));
    return each_of(query, read, each);
  };
  switch (kind) {
    case entry: {
      SHOMEI_TRY(auto query, select(entries_sql({true, true, true})));
      query.bind(std::int64_t{0}).bind(std::int64_t{-1});
      return each_of(query, read_entry, each);
    }
    case about:
      return every("SELECT sequence, resident FROM entry_about ORDER BY resident_mark, sequence", read_about);
    case tile:
      return every("SELECT number, hashes FROM tile ORDER BY number", read_tile);
    default:
      return every("SELECT size, last_recorded_at, checkpoint FROM head WHERE size > 0", read_head);
  }
}

}  // namespace shomei::store
