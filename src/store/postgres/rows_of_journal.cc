#include <string>

#include "base/check.h"
#include "store/postgres/columns.h"
#include "store/postgres/marks.h"
#include "store/postgres/rows.h"

namespace shomei::store::postgres {
namespace {

using journal::Part;
using journal::StoredEntry;

constexpr std::int64_t kEntriesAtOnce = 128, kTilesAtOnce = 256;

std::int64_t number(std::uint64_t value) {
  SHOMEI_INVARIANT(value <= static_cast<std::uint64_t>(INT64_MAX));
  return static_cast<std::int64_t>(value);
}

// Parts that are not wanted are not read, and the table of those about persons is not joined for the status
// part.
#define SHOMEI_ENTRY "SELECT j.sequence, j.act, j.entry"
#define SHOMEI_FROM " FROM journal AS j"
#define SHOMEI_JOIN_PRIVATE " LEFT JOIN private_part AS p ON p.sequence = j.sequence"
#define SHOMEI_PAGE " WHERE j.sequence >= $1 ORDER BY j.sequence LIMIT $2"
#define SHOMEI_STATUS ", j.status_salt, j.status_body"
#define SHOMEI_PERSON ", p.person_salt, p.person_body"
#define SHOMEI_OFFICER ", p.operator_salt, p.operator_body"
#define SHOMEI_NO_PART ", NULL::bytea, NULL::bytea"
constexpr Statement kEntries[] = {
    {"entries", SHOMEI_ENTRY SHOMEI_NO_PART SHOMEI_NO_PART SHOMEI_NO_PART SHOMEI_FROM SHOMEI_PAGE},
    {"entries_s", SHOMEI_ENTRY SHOMEI_STATUS SHOMEI_NO_PART SHOMEI_NO_PART SHOMEI_FROM SHOMEI_PAGE},
    {"entries_p",
     SHOMEI_ENTRY SHOMEI_NO_PART SHOMEI_PERSON SHOMEI_NO_PART SHOMEI_FROM SHOMEI_JOIN_PRIVATE SHOMEI_PAGE},
    {"entries_sp",
     SHOMEI_ENTRY SHOMEI_STATUS SHOMEI_PERSON SHOMEI_NO_PART SHOMEI_FROM SHOMEI_JOIN_PRIVATE SHOMEI_PAGE},
    {"entries_o",
     SHOMEI_ENTRY SHOMEI_NO_PART SHOMEI_NO_PART SHOMEI_OFFICER SHOMEI_FROM SHOMEI_JOIN_PRIVATE SHOMEI_PAGE},
    {"entries_so",
     SHOMEI_ENTRY SHOMEI_STATUS SHOMEI_NO_PART SHOMEI_OFFICER SHOMEI_FROM SHOMEI_JOIN_PRIVATE SHOMEI_PAGE},
    {"entries_po",
     SHOMEI_ENTRY SHOMEI_NO_PART SHOMEI_PERSON SHOMEI_OFFICER SHOMEI_FROM SHOMEI_JOIN_PRIVATE SHOMEI_PAGE},
    {"entries_spo",
     SHOMEI_ENTRY SHOMEI_STATUS SHOMEI_PERSON SHOMEI_OFFICER SHOMEI_FROM SHOMEI_JOIN_PRIVATE SHOMEI_PAGE}};
#undef SHOMEI_NO_PART
#undef SHOMEI_OFFICER
#undef SHOMEI_PERSON
#undef SHOMEI_STATUS
#undef SHOMEI_PAGE
#undef SHOMEI_JOIN_PRIVATE
#undef SHOMEI_FROM
#undef SHOMEI_ENTRY

constexpr Statement kOfAct{"entries_of_act", "SELECT sequence FROM journal WHERE act = $1 ORDER BY sequence"};
constexpr Statement kOfResident{
    "entries_of_resident",
    "SELECT sequence FROM entry_about WHERE resident_mark = $1 AND resident = $2 UNION SELECT j.sequence FROM"
    " certificate AS c JOIN journal AS j ON j.act = c.act WHERE c.resident_mark = $1 AND c.resident = $2 "
    "ORDER BY 1"};
constexpr Statement kErase{
    "erase_person", "UPDATE private_part SET person_salt = NULL, person_body = NULL WHERE sequence = $1"};
constexpr Statement kAbouts{"abouts",
                            "SELECT resident_mark, sequence, resident FROM entry_about WHERE (resident_mark,"
                            " sequence) > ($1, $2) ORDER BY resident_mark, sequence LIMIT $3"};
constexpr Statement kTiles{"tiles",
                           "SELECT number, hashes FROM tile WHERE number > $1 ORDER BY number LIMIT $2"};
constexpr Statement kTile{"tile", "SELECT hashes FROM tile WHERE number = $1"};

Result<std::optional<Part>> part_in(const Row& row, int column) {
  if (row.is_null(column) || row.is_null(column + 1)) return std::optional<Part>{};
  Part part;
  SHOMEI_TRY(part.salt, array_in<32>(row, column));
  part.body = row.blob(column + 1);
  return std::optional<Part>{std::move(part)};
}

Result<StoredEntry> read_entry(const Row& row) {
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

Result<std::uint64_t> read_sequence(const Row& row) {
  return static_cast<std::uint64_t>(row.integer(0));
}
Result<Bytes> read_blob(const Row& row) {
  return row.blob(0);
}

constexpr unsigned kIndexBits = 56;

std::int64_t tile_number(unsigned level, std::uint64_t index) {
  SHOMEI_INVARIANT(level < 8 && index >> kIndexBits == 0);
  return number(std::uint64_t{level} << kIndexBits | index);
}

}  // namespace

Result<journal::Head> PostgresRows::head() {
  return now_.head;
}

// It is written with the commit.
Result<void> PostgresRows::put_head(const journal::Head& head) {
  SHOMEI_INVARIANT(access_ == journal::Access::write && connection_);
  now_.head = head;
  sent_ = true;
  return {};
}

Result<std::optional<StoredEntry>> PostgresRows::find_entry(std::uint64_t sequence) {
  Values values;
  values.bind(number(sequence)).bind(std::int64_t{1});
  SHOMEI_TRY(const auto answer, read_behind(Pending::of_entries(), kEntries[7], values));
  auto entry = first_of(answer, read_entry);
  // The question finds the next one where this one is missing.
  if (entry && *entry && (*entry)->entry.sequence != sequence) entry->reset();
  return entry;
}

Result<void> PostgresRows::each_entry(std::uint64_t first, std::array<bool, 3> wanted,
                                      const std::function<bool(const StoredEntry&)>& each) {
  const auto& statement = kEntries[(wanted[0] ? 1U : 0U) | (wanted[1] ? 2U : 0U) | (wanted[2] ? 4U : 0U)];
  while (true) {
    Values values;
    values.bind(number(first)).bind(kEntriesAtOnce);
    SHOMEI_TRY(const auto answer, read_behind(Pending::of_entries(), statement, values));
    for (int i = 0; i < answer.rows(); ++i) {
      SHOMEI_TRY(const auto entry, read_entry(Row(answer, i)));
      if (!each(entry)) return {};
      first = entry.entry.sequence + 1;
    }
    if (answer.rows() < kEntriesAtOnce) return {};
  }
}

Result<std::vector<std::uint64_t>> PostgresRows::entries_of_act(const ActId& act) {
  SHOMEI_TRY(const auto answer, read_behind(Pending::of_entries(), kOfAct, Values().bind(act.text())));
  return all_of(answer, read_sequence);
}

Result<std::vector<std::uint64_t>> PostgresRows::entries_of_resident(const ResidentId& resident) {
  Values values;
  values.bind(mark_of(resident.text())).bind(resident.text());
  SHOMEI_TRY(const auto answer, read_behind_all(kOfResident, values));
  return all_of(answer, read_sequence);
}

Result<void> PostgresRows::put_entry(const StoredEntry& stored, const ResidentId& about) {
  now_.sequence = stored.entry.sequence;
  now_.entry = journal::encode_entry(stored.entry);
  pending().put_entry(stored, now_.entry, about);
  return {};
}

Result<void> PostgresRows::erase_person_part(std::uint64_t sequence) {
  SHOMEI_CHECK(change(kErase, Values().bind(number(sequence))));
  return {};
}

Result<std::optional<Bytes>> PostgresRows::tile(unsigned level, std::uint64_t index) {
  const auto place = tile_number(level, index);
  SHOMEI_TRY(const auto answer, read_behind(Pending::of_tile(place), kTile, Values().bind(place)));
  return first_of(answer, read_blob);
}

Result<void> PostgresRows::put_tile(unsigned level, std::uint64_t index, ByteView hashes) {
  pending().put_tile(tile_number(level, index), hashes);
  return {};
}

Result<void> PostgresRows::each_of_journal(journal::RowKind kind, const EachRow& each) {
  using enum journal::RowKind;
  if (kind == entry) {
    const auto first = Values().bind(std::int64_t{0});
    return each_page(kEntries[7], kEntriesAtOnce, first, [&](const Row& row) -> Result<Values> {
      SHOMEI_TRY(auto stored, read_entry(row));
      SHOMEI_CHECK(each(stored));
      return Values().bind(number(stored.entry.sequence + 1));
    });
  }
  if (kind == about) {
    const auto none = Values().bind(INT64_MIN).bind(std::int64_t{-1});
    return each_page(kAbouts, kRowsAtOnce, none, [&](const Row& row) -> Result<Values> {
      journal::About about{static_cast<std::uint64_t>(row.integer(1)), {}};
      SHOMEI_TRY(about.resident, id_in<ResidentId>(row, 2));
      SHOMEI_CHECK(each(about));
      return Values().bind(row.integer(0)).bind(row.integer(1));
    });
  }
  if (kind == tile) {
    const auto none = Values().bind(std::int64_t{-1});
    return each_page(kTiles, kTilesAtOnce, none, [&](const Row& row) -> Result<Values> {
      const auto place = static_cast<std::uint64_t>(row.integer(0));
      const auto index = place & ((std::uint64_t{1} << kIndexBits) - 1);
      SHOMEI_CHECK(each(journal::StoredTile{static_cast<unsigned>(place >> kIndexBits), index, row.blob(1)}));
      return Values().bind(row.integer(0));
    });
  }
  return now_.head.size > 0 ? each(now_.head) : Result<void>{};
}

}  // namespace shomei::store::postgres
