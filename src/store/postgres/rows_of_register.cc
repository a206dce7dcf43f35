#include "register/resident.h"
#include "store/postgres/columns.h"
#include "store/postgres/marks.h"
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
// One line for each card, or one: what is not there yet, and the resident.
constexpr Statement kForeseen{
    "foreseen",
    "SELECT EXISTS (SELECT FROM request WHERE id = $1), EXISTS (SELECT FROM certificate WHERE serial = $2 AND"
    " serial_space = $3), EXISTS (SELECT FROM certificate WHERE key_mark = $4 AND key = $5),"
    " EXISTS (SELECT FROM blocked_key WHERE key = $5), r.*, k.* FROM (VALUES (1)) AS one (one)"
    " LEFT JOIN (SELECT " SHOMEI_RESIDENT_COLUMNS
    " FROM resident WHERE id = $6) AS r ON true"
    " LEFT JOIN (SELECT id, holder, kind, valid_until, state FROM card WHERE holder = $6) AS k ON true ORDER "
    "BY k.id"};
constexpr int kForeseenResident = 4, kForeseenCard = 18;
#undef SHOMEI_RESIDENT_COLUMNS
constexpr Statement kInsertCard{"insert_card",
                                "INSERT INTO card (id, holder, kind, valid_until, state)"
                                " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING"};
constexpr Statement kUpdateCard{
    "update_card", "UPDATE card SET holder = $2, kind = $3, valid_until = $4, state = $5 WHERE id = $1"};
constexpr Statement kFindCard{"find_card",
                              "SELECT id, holder, kind, valid_until, state FROM card WHERE id = $1"};
constexpr Statement kListCards{
    "list_cards", "SELECT id, holder, kind, valid_until, state FROM card WHERE id > $1 ORDER BY id LIMIT $2"};
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

// What is not there, as it is of nearly everything that an act takes in, is asked for in one statement with
// the resident and the cards; a request or a key that is there is asked for again by whoever wants to see it.
void PostgresRows::ask_foreseen(const journal::Foreseen& q) {
  const auto at = now_.spaces.find(q.serial_space);
  const std::int64_t space = at == now_.spaces.end() ? 0 : at->second;
  Values values;
  values.bind(q.request.text());
  q.serial ? values.bind(q.serial->magnitude()) : values.bind_null();
  values.bind(space);
  q.key ? values.bind(mark_of(*q.key)).bind(ByteView(*q.key)) : values.bind_null().bind_null();
  values.bind(q.resident.text());
  ask(kForeseen, values, [this, q, space](const Answer& answer) { return take_foreseen(q, space, answer); });
}

Result<void> PostgresRows::take_foreseen(const journal::Foreseen& q, std::int64_t space,
                                         const Answer& answer) {
  const Row found(answer, 0);
  if (!q.request.empty() && !found.boolean(0)) known_.requests[q.request] = std::nullopt;
  if (q.serial && space != 0 && !found.boolean(1)) known_.free_serials.emplace(space, *q.serial);
  if (q.key && !found.boolean(2) && !found.boolean(3)) known_.keys[*q.key] = {};
  if (q.resident.empty()) return {};
  auto& resident = known_.residents[q.resident];
  resident.reset();
  if (!found.is_null(kForeseenResident)) {
    SHOMEI_TRY(resident, read_resident(Row(answer, 0, kForeseenResident)));
  }
  auto& cards = known_.cards[q.resident];
  cards.clear();
  for (int i = 0; i < answer.rows() && !Row(answer, i).is_null(kForeseenCard); ++i) {
    SHOMEI_TRY(auto card, read_card(Row(answer, i, kForeseenCard)));
    cards.push_back(std::move(card));
  }
  return {};
}

// What is pending goes first where it is about the same: one commit may have an act after another of the same
// person.
Result<void> PostgresRows::foresee(const journal::Foreseen& q) {
  if (access_ == journal::Access::read) return {};
  if (is_pending(Pending::of_request(q.request)) || is_pending(Pending::of_resident(q.resident)) ||
      (q.key && is_pending(Pending::of_key(*q.key))) ||
      (q.serial && is_pending(Pending::of_serial(*q.serial))))
    queue_pending();
  ask_foreseen(q);
  if (!q.resident.empty()) ask_certificates(q.resident);
  return take();
}

Result<void> PostgresRows::insert(const Resident& resident) {
  known_.residents.erase(resident.id);
  return change_one(kInsertResident, values_of(resident),
                    conflict("resident_exists", {{"resident", resident.id.text()}}));
}

Result<void> PostgresRows::update(const Resident& resident) {
  known_.residents.erase(resident.id);
  return change_one(kUpdateResident, values_of(resident), row_missing("resident", resident.id.text()));
}

void PostgresRows::ask_resident(const ResidentId& id) {
  if (known_.residents.contains(id)) return;
  ask(kFindResident, Values().bind(id.text()), [this, id](const Answer& answer) -> Result<void> {
    SHOMEI_TRY(known_.residents[id], first_of(answer, read_resident));
    return {};
  });
}

void PostgresRows::ask_cards(const ResidentId& holder) {
  if (known_.cards.contains(holder)) return;
  ask(kCardsOf, Values().bind(holder.text()), [this, holder](const Answer& answer) -> Result<void> {
    SHOMEI_TRY(known_.cards[holder], all_of(answer, read_card));
    return {};
  });
}

// Who asks about a person in an act asks about cards and certificates too.
Result<void> PostgresRows::know_resident(const ResidentId& id) {
  if (known_.residents.contains(id) && known_.cards.contains(id)) return {};
  if (is_pending(Pending::of_resident(id))) queue_pending();
  ask_resident(id);
  ask_cards(id);
  ask_certificates(id);
  return take();
}

Result<std::optional<Resident>> PostgresRows::find_resident(const ResidentId& id) {
  if (in_act_) {
    SHOMEI_CHECK(know_resident(id));
    return known_.residents[id];
  }
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
  known_.cards.clear();  // it may have been another holder's
  return change_one(kInsertCard, values_of(card), conflict("card_exists", {{"card", card.id.text()}}));
}

Result<void> PostgresRows::update(const CardRecord& card) {
  known_.cards.clear();  // it may have been another holder's
  return change_one(kUpdateCard, values_of(card), row_missing("card", card.id.text()));
}

Result<std::optional<CardRecord>> PostgresRows::find_card(const CardId& id) {
  SHOMEI_TRY(const auto answer, read(kFindCard, Values().bind(id.text())));
  return first_of(answer, read_card);
}

Result<std::vector<CardRecord>> PostgresRows::cards_of(const ResidentId& holder) {
  if (in_act_) {
    SHOMEI_CHECK(know_resident(holder));
    return known_.cards[holder];
  }
  SHOMEI_TRY(const auto answer, read(kCardsOf, Values().bind(holder.text())));
  return all_of(answer, read_card);
}

Result<void> PostgresRows::each_of_register(journal::RowKind kind, const EachRow& each) {
  if (kind == journal::RowKind::resident)
    return each_page(kListResidents, kRowsAtOnce, Values().bind(""), [&](const Row& row) -> Result<Values> {
      SHOMEI_TRY(auto resident, read_resident(row));
      SHOMEI_CHECK(each(resident));
      return Values().bind(resident.id.text());
    });
  return each_page(kListCards, kRowsAtOnce, Values().bind(""), [&](const Row& row) -> Result<Values> {
    SHOMEI_TRY(auto card, read_card(row));
    SHOMEI_CHECK(each(card));
    return Values().bind(card.id.text());
  });
}

}  // namespace shomei::store::postgres
