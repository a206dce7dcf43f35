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

// Parts that are not wanted are not joined: a status reader never touches the tables of the others.
std::string select_of(std::array<bool, 3> wanted) {
  static constexpr std::string_view kColumns[] = {", s.salt, s.body", ", ps.salt, p.body",
                                                  ", o.salt, o.body"};
  static constexpr std::string_view kJoins[] = {" LEFT JOIN status_part AS s ON s.sequence = j.sequence",
                                                " LEFT JOIN person_part AS p ON p.sequence = j.sequence"
                                                " LEFT JOIN person_salt AS ps ON ps.sequence = j.sequence",
                                                " LEFT JOIN operator_part AS o ON o.sequence = j.sequence"};
  std::string columns = "SELECT j.sequence, j.act, j.entry", joins;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    columns += wanted[i] ? kColumns[i] : ", NULL, NULL";
    if (wanted[i]) joins += kJoins[i];
  }
  return columns + " FROM journal AS j" + joins + " WHERE j.sequence >= ? ORDER BY j.sequence LIMIT ?";
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
Result<Sha256> read_hash(const Query& row) {
  return array_in<32>(row, 0);
}
Result<std::string> read_text(const Query& row) {
  return row.text(0);
}

}  // namespace

Result<std::uint64_t> SqliteRows::journal_size() {
  SHOMEI_TRY(auto query, select("SELECT coalesce(max(sequence) + 1, 0) FROM journal"));
  SHOMEI_TRY(const auto size, first_of(query, read_sequence));
  return *size;
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

Result<void> SqliteRows::put_part(PartKind kind, std::uint64_t sequence, const Part& part) {
  // In the order of PartKind.
  static constexpr std::string_view kBodies[] = {
      "INSERT INTO status_part (sequence, body, salt) VALUES (?, ?, ?)",
      "INSERT INTO person_part (sequence, body) VALUES (?, ?)",
      "INSERT INTO operator_part (sequence, body, salt) VALUES (?, ?, ?)"};
  SHOMEI_TRY(auto body, change(kBodies[static_cast<std::size_t>(kind)]));
  body.bind(number(sequence)).bind(part.body);
  if (kind != PartKind::person) return body.bind(ByteView(part.salt)).run();
  SHOMEI_CHECK(body.run());
  SHOMEI_TRY(auto salt, change("INSERT INTO person_salt (sequence, salt) VALUES (?, ?)"));
  return salt.bind(number(sequence)).bind(ByteView(part.salt)).run();
}

Result<void> SqliteRows::put_entry(const StoredEntry& stored) {
  const auto& entry = stored.entry;
  SHOMEI_TRY(const auto size, journal_size());
  SHOMEI_INVARIANT(entry.sequence == size);
  SHOMEI_TRY(auto query, change("INSERT INTO journal (sequence, act, entry) VALUES (?, ?, ?)"));
  query.bind(number(entry.sequence)).bind(entry.act.text()).bind(journal::encode_entry(entry));
  SHOMEI_CHECK(query.run());
  for (auto kind : journal::kPartKinds)
    if (const auto& part = stored.parts[static_cast<std::size_t>(kind)])
      SHOMEI_CHECK(put_part(kind, entry.sequence, *part));
  return {};
}

Result<void> SqliteRows::erase_person_part(std::uint64_t sequence) {
  SHOMEI_TRY(auto salt, change("DELETE FROM person_salt WHERE sequence = ?"));
  SHOMEI_CHECK(salt.bind(number(sequence)).run());
  SHOMEI_TRY(auto body, change("DELETE FROM person_part WHERE sequence = ?"));
  return body.bind(number(sequence)).run();
}

Result<std::optional<Sha256>> SqliteRows::tree_node(unsigned level, std::uint64_t index) {
  SHOMEI_TRY(auto query, select("SELECT hash FROM tree_node WHERE level = ? AND position = ?"));
  return first_of(query.bind(std::int64_t{level}).bind(number(index)), read_hash);
}

Result<void> SqliteRows::put_tree_node(unsigned level, std::uint64_t index, const Sha256& hash) {
  SHOMEI_TRY(auto query, change("INSERT INTO tree_node (level, position, hash) VALUES (?, ?, ?)"));
  return query.bind(std::int64_t{level}).bind(number(index)).bind(ByteView(hash)).run();
}

Result<void> SqliteRows::put_checkpoint(std::uint64_t size, const std::string& note) {
  SHOMEI_TRY(auto query,
             change("INSERT INTO checkpoint (only, size, note) VALUES (1, ?, ?)"
                    " ON CONFLICT (only) DO UPDATE SET size = excluded.size, note = excluded.note"));
  return query.bind(number(size)).bind(note).run();
}

Result<std::optional<std::string>> SqliteRows::latest_checkpoint() {
  SHOMEI_TRY(auto query, select("SELECT note FROM checkpoint"));
  return first_of(query, read_text);
}

}  // namespace shomei::store
