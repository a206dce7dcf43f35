#include "register/resident.h"
#include "store/postgres/columns.h"
#include "store/postgres/rows.h"

namespace shomei::store::postgres {
namespace {

using residents::CardRecord;
using residents::Resident;

#define SHOMEI_RESIDENT_COLUMNS                                                             \
  "id, name, address, gender, born, status, period_of_stay_ends, adult_ward, municipality," \
  " registered_domicile, died, left_register, moving_abroad_planned, moving_abroad_continued_use"
constexpr Statement kInsertResident{"insert_resident",
                                    "INSERT INTO resident (" SHOMEI_RESIDENT_COLUMNS
                                    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
                                    " ON CONFLICT (id) DO NOTHING"};
constexpr Statement kUpdateResident{
    "update_resident",
    "UPDATE resident SET name = $2, address = $3, gender = $4, born = $5, status = $6, period_of_stay_ends = "
    "$7,"
    " adult_ward = $8, municipality = $9, registered_domicile = $10, died = $11, left_register = $12,"
    " moving_abroad_planned = $13, moving_abroad_continued_use = $14 WHERE id = $1"};
constexpr Statement kFindResident{"find_resident",
                                  "SELECT " SHOMEI_RESIDENT_COLUMNS " FROM resident WHERE id = $1"};
constexpr Statement kListResidents{
    "list_residents", "SELECT " SHOMEI_RESIDENT_COLUMNS " FROM resident WHERE id > $1 ORDER BY id LIMIT $2"};
constexpr Statement kFindNamed{
    "find_residents_named", "SELECT " SHOMEI_RESIDENT_COLUMNS " FROM resident WHERE name = $1 ORDER BY id"};
#undef SHOMEI_RESIDENT_COLUMNS
constexpr Statement kInsertCard{"insert_card",
                                "INSERT INTO card (id, holder, kind, valid_until, state)"
                                " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING"};
constexpr Statement kUpdateCard{
    "update_card", "UPDATE card SET holder = $2, kind = $3, valid_until = $4, state = $5 WHERE id = $1"};
constexpr Statement kFindCard{"find_card",
                              "SELECT id, holder, kind, valid_until, state FROM card WHERE id = $1"};
constexpr Statement kCardsOf{
    "cards_of", "SELECT id, holder, kind, valid_until, state FROM card WHERE holder = $1 ORDER BY id"};

// In the order of the columns above.
Values values_of(const Resident& r) {
  const auto abroad = r.moving_abroad;
  Values values;
  values.bind(r.id.text()).bind(r.name).bind(r.address).bind(residents::name(r.gender));
  values.bind(format_date(r.born)).bind(residents::name(r.status)).bind(day_text(r.period_of_stay_ends));
  values.bind(std::int64_t{r.adult_ward}).bind(r.municipality).bind(r.registered_domicile);
  values.bind(day_text(r.died)).bind(day_text(r.left_register));
  values.bind(abroad ? day_text(abroad->planned) : std::nullopt);
  values.bind(abroad ? std::optional<std::int64_t>(abroad->continued_use) : std::nullopt);
  return values;
}

Result<Resident> read_resident(const Row& row) {
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

Result<CardRecord> read_card(const Row& row) {
  CardRecord card;
  SHOMEI_TRY(card.id, id_in<CardId>(row, 0));
  SHOMEI_TRY(card.holder, id_in<ResidentId>(row, 1));
  SHOMEI_TRY(card.kind, unbroken(residents::parse_card_kind(row.text(2)), "a kind of card"));
  SHOMEI_TRY(card.valid_until, day_in(row, 3));
  SHOMEI_TRY(card.state, unbroken(residents::parse_card_state(row.text(4)), "a card's state"));
  return card;
}

Values values_of(const CardRecord& card) {
  Values values;
  values.bind(card.id.text()).bind(card.holder.text()).bind(residents::name(card.kind));
  values.bind(format_date(card.valid_until)).bind(residents::name(card.state));
  return values;
}

Error row_missing(std::string_view table, const std::string& id) {
  return internal("store_row_missing", {{"table", std::string(table)}, {"key", id}});
}

}  // namespace

Result<void> PostgresRows::insert(const Resident& resident) {
  return change_one(kInsertResident, values_of(resident),
                    conflict("resident_exists", {{"resident", resident.id.text()}}));
}

Result<void> PostgresRows::update(const Resident& resident) {
  return change_one(kUpdateResident, values_of(resident), row_missing("resident", resident.id.text()));
}

Result<std::optional<Resident>> PostgresRows::find_resident(const ResidentId& id) {
  SHOMEI_TRY(const auto answer, read(kFindResident, Values().bind(id.text())));
  return first_of(answer, read_resident);
}

Result<std::vector<Resident>> PostgresRows::list_residents(const journal::Page& page) {
  Values values;
  values.bind(page.after).bind(static_cast<std::int64_t>(page.count));
  SHOMEI_TRY(const auto answer, read(kListResidents, values));
  return all_of(answer, read_resident);
}

Result<std::vector<Resident>> PostgresRows::find_residents_named(const std::string& name) {
  SHOMEI_TRY(const auto answer, read(kFindNamed, Values().bind(name)));
  return all_of(answer, read_resident);
}

Result<void> PostgresRows::insert(const CardRecord& card) {
  return change_one(kInsertCard, values_of(card), conflict("card_exists", {{"card", card.id.text()}}));
}

Result<void> PostgresRows::update(const CardRecord& card) {
  return change_one(kUpdateCard, values_of(card), row_missing("card", card.id.text()));
}

Result<std::optional<CardRecord>> PostgresRows::find_card(const CardId& id) {
  SHOMEI_TRY(const auto answer, read(kFindCard, Values().bind(id.text())));
  return first_of(answer, read_card);
}

Result<std::vector<CardRecord>> PostgresRows::cards_of(const ResidentId& holder) {
  SHOMEI_TRY(const auto answer, read(kCardsOf, Values().bind(holder.text())));
  return all_of(answer, read_card);
}

}  // namespace shomei::store::postgres
