#include "store/sqlite/columns.h"
#include "store/sqlite/rows.h"

namespace shomei::store {
namespace {

using residents::CardRecord;
using residents::Resident;

constexpr std::string_view kInsertResident =
    "INSERT INTO resident (id, name, address, gender, born, status, period_of_stay_ends, adult_ward,"
    " municipality, registered_domicile, died, left_register, moving_abroad_planned,"
    " moving_abroad_continued_use) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (id) DO NOTHING";
constexpr std::string_view kUpdateResident =
    "UPDATE resident SET name = ?2, address = ?3, gender = ?4, born = ?5, status = ?6,"
    " period_of_stay_ends = ?7, adult_ward = ?8, municipality = ?9, registered_domicile = ?10, died = ?11,"
    " left_register = ?12, moving_abroad_planned = ?13, moving_abroad_continued_use = ?14 WHERE id = ?1";
constexpr std::string_view kFindResident =
    "SELECT id, name, address, gender, born, status, period_of_stay_ends, adult_ward, municipality,"
    " registered_domicile, died, left_register, moving_abroad_planned, moving_abroad_continued_use"
    " FROM resident WHERE id = ?";
constexpr std::string_view kListResidents =
    "SELECT id, name, address, gender, born, status, period_of_stay_ends, adult_ward, municipality,"
    " registered_domicile, died, left_register, moving_abroad_planned, moving_abroad_continued_use"
    " FROM resident WHERE id > ? ORDER BY id LIMIT ?";
constexpr std::string_view kAllResidents =
    "SELECT id, name, address, gender, born, status, period_of_stay_ends, adult_ward, municipality,"
    " registered_domicile, died, left_register, moving_abroad_planned, moving_abroad_continued_use"
    " FROM resident ORDER BY id";
constexpr std::string_view kAllCards = "SELECT id, holder, kind, valid_until, state FROM card ORDER BY id";
constexpr std::string_view kFindNamed =
    "SELECT id, name, address, gender, born, status, period_of_stay_ends, adult_ward, municipality,"
    " registered_domicile, died, left_register, moving_abroad_planned, moving_abroad_continued_use"
    " FROM resident WHERE name = ? ORDER BY id";

// In the order of the columns above.
void bind(Query& query, const Resident& r) {
  const auto abroad = r.moving_abroad;
  query.bind(r.id.text()).bind(r.name).bind(r.address).bind(residents::name(r.gender));
  query.bind(format_date(r.born)).bind(residents::name(r.status)).bind(day_text(r.period_of_stay_ends));
  query.bind(std::int64_t{r.adult_ward}).bind(r.municipality).bind(r.registered_domicile);
  query.bind(day_text(r.died)).bind(day_text(r.left_register));
  query.bind(abroad ? day_text(abroad->planned) : std::nullopt);
  query.bind(abroad ? std::optional<std::int64_t>(abroad->continued_use) : std::nullopt);
}

Result<Resident> read_resident(const Query& row) {
  Resident r;
  SHOMEI_TRY(r.id, id_in<ResidentId>(row, 0));
  r.name = row.text(1);
  r.address = row.text(2);
  SHOMEI_TRY(r.gender, unbroken(residents::parse_gender(row.text(3)), "a gender"));
  SHOMEI_TRY(r.born, day_in(row, 4));
  SHOMEI_TRY(r.status, unbroken(residents::parse_residence_status(row.text(5)), "a status of residence"));
  SHOMEI_TRY(r.period_of_stay_ends, maybe_day_in(row, 6));
  r.adult_ward = row.integer(7) != 0;
  r.municipality = row.text(8);
  r.registered_domicile = row.text(9);
  SHOMEI_TRY(r.died, maybe_day_in(row, 10));
  SHOMEI_TRY(r.left_register, maybe_day_in(row, 11));
  SHOMEI_TRY(const auto planned, maybe_day_in(row, 12));
  if (planned) r.moving_abroad = {*planned, row.integer(13) != 0};
  return r;
}

Result<CardRecord> read_card(const Query& row) {
  CardRecord card;
  SHOMEI_TRY(card.id, id_in<CardId>(row, 0));
  SHOMEI_TRY(card.holder, id_in<ResidentId>(row, 1));
  SHOMEI_TRY(card.kind, unbroken(residents::parse_card_kind(row.text(2)), "a kind of card"));
  SHOMEI_TRY(card.valid_until, day_in(row, 3));
  SHOMEI_TRY(card.state, unbroken(residents::parse_card_state(row.text(4)), "a card's state"));
  return card;
}

void bind(Query& query, const CardRecord& card) {
  query.bind(card.id.text()).bind(card.holder.text()).bind(residents::name(card.kind));
  query.bind(format_date(card.valid_until)).bind(residents::name(card.state));
}

Error row_missing(std::string_view table, const std::string& id) {
  return internal("store_row_missing", {{"table", std::string(table)}, {"key", id}});
}

}  // namespace

Result<void> SqliteRows::insert(const Resident& resident) {
  SHOMEI_TRY(auto query, change(kInsertResident));
  bind(query, resident);
  return run_once(query, conflict("resident_exists", {{"resident", resident.id.text()}}));
}

Result<void> SqliteRows::update(const Resident& resident) {
  SHOMEI_TRY(auto query, change(kUpdateResident));
  bind(query, resident);
  return run_once(query, row_missing("resident", resident.id.text()));
}

Result<std::optional<Resident>> SqliteRows::find_resident(const ResidentId& id) {
  SHOMEI_TRY(auto query, select(kFindResident, kNone));
  return first_of(query.bind(id.text()), read_resident);
}

Result<std::vector<Resident>> SqliteRows::list_residents(const journal::Page& page) {
  SHOMEI_TRY(auto query, select(kListResidents, kNone));
  return all_of(query.bind(page.after).bind(static_cast<std::int64_t>(page.count)), read_resident);
}

Result<std::vector<Resident>> SqliteRows::find_residents_named(const std::string& name) {
  SHOMEI_TRY(auto query, select(kFindNamed, kNone));
  return all_of(query.bind(name), read_resident);
}

Result<void> SqliteRows::each_of_register(journal::RowKind kind, const EachRow& each) {
  const bool residents = kind == journal::RowKind::resident;
  SHOMEI_TRY(auto query, select(residents ? kAllResidents : kAllCards));
  return residents ? each_of(query, read_resident, each) : each_of(query, read_card, each);
}

Result<void> SqliteRows::insert(const CardRecord& card) {
  SHOMEI_TRY(auto query, change("INSERT INTO card (id, holder, kind, valid_until, state)"
                                " VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING"));
  bind(query, card);
  return run_once(query, conflict("card_exists", {{"card", card.id.text()}}));
}

Result<void> SqliteRows::update(const CardRecord& card) {
  SHOMEI_TRY(auto query,
             change("UPDATE card SET holder = ?2, kind = ?3, valid_until = ?4, state = ?5 WHERE id = ?1"));
  bind(query, card);
  return run_once(query, row_missing("card", card.id.text()));
}

Result<std::optional<CardRecord>> SqliteRows::find_card(const CardId& id) {
  SHOMEI_TRY(auto query, select("SELECT id, holder, kind, valid_until, state FROM card WHERE id = ?", kNone));
  return first_of(query.bind(id.text()), read_card);
}

Result<std::vector<CardRecord>> SqliteRows::cards_of(const ResidentId& holder) {
  SHOMEI_TRY(
      auto query,
      select("SELECT id, holder, kind, valid_until, state FROM card WHERE holder = ? ORDER BY id", kNone));
  return all_of(query.bind(holder.text()), read_card);
}

}  // namespace shomei::store
