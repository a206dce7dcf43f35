#include "store/postgres/pending.h"

#include <algorithm>

#include "base/check.h"
#include "store/postgres/columns.h"
#include "store/postgres/marks.h"

namespace shomei::store::postgres {
namespace {

using enum ColumnType;

constexpr Statement kResidents{
    "put_residents",
    "INSERT INTO resident (id, name, address, gender, born, status, period_of_stay_ends, adult_ward,"
    " municipality, registered_domicile, died, left_register, moving_abroad_planned,"
    " moving_abroad_continued_use) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[],"
    " $5::text[], $6::text[], $7::text[], $8::bigint[], $9::text[], $10::text[], $11::text[], $12::text[],"
    " $13::text[], $14::bigint[])"};
constexpr Statement kCards{"put_cards",
                           "INSERT INTO card (id, holder, kind, valid_until, state) SELECT * FROM"
                           " unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])"};
constexpr Statement kCertificates{
    "put_certificates",
    "INSERT INTO certificate (number, serial_space, serial, authority, kind, resident, resident_mark, card, "
    "carrier,"
    " predecessor, office, partition, act, not_before, not_after, key, key_mark) SELECT * FROM "
    "unnest($1::bigint[],"
    " $2::bigint[], $3::bytea[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[], $9::text[], "
    "$10::bytea[],"
    " $11::text[], $12::text[], $13::text[], $14::bigint[], $15::bigint[], $16::bytea[], $17::bigint[])"};
constexpr Statement kStates{"put_states",
                            "INSERT INTO certificate_state (number, state, delivered, revoked_at, reason) "
                            "SELECT * FROM unnest($1::bigint[],"
                            " $2::text[], $3::boolean[], $4::bigint[], $5::bigint[])"};
constexpr Statement kDers{
    "put_ders", "INSERT INTO certificate_der (number, der) SELECT * FROM unnest($1::bigint[], $2::bytea[])"};
constexpr Statement kChanges{
    "change_states",
    "UPDATE certificate_state AS s SET state = u.state, delivered = u.delivered, revoked_at = u.revoked_at,"
    " reason = u.reason FROM unnest($1::bigint[], $2::text[], $3::boolean[], $4::bigint[], $5::bigint[])"
    " AS u (number, state, delivered, revoked_at, reason) WHERE s.number = u.number"};
constexpr Statement kRequests{"put_requests",
                              "INSERT INTO request (id, act, content, answer) SELECT * FROM "
                              "unnest($1::text[], $2::text[], $3::bytea[], $4::bytea[])"};
constexpr Statement kEntries{"put_entries",
                             "INSERT INTO journal (sequence, act, entry, status_salt, status_body) SELECT * "
                             "FROM unnest($1::bigint[], $2::text[],"
                             " $3::bytea[], $4::bytea[], $5::bytea[])"};
constexpr Statement kPrivateParts{
    "put_private_parts",
    "INSERT INTO private_part (sequence, person_salt, person_body, operator_salt, operator_body) SELECT * "
    "FROM"
    " unnest($1::bigint[], $2::bytea[], $3::bytea[], $4::bytea[], $5::bytea[])"};
constexpr Statement kAbouts{"put_abouts",
                            "INSERT INTO entry_about (resident_mark, sequence, resident) SELECT * FROM "
                            "unnest($1::bigint[], $2::bigint[],"
                            " $3::text[])"};
constexpr Statement kTiles{"put_tiles",
                           "INSERT INTO tile (number, hashes) SELECT * FROM unnest($1::bigint[], $2::bytea[])"
                           " ON CONFLICT (number) DO UPDATE SET hashes = excluded.hashes"};

std::optional<std::int64_t> maybe_seconds(const std::optional<Instant>& at) {
  return at ? std::optional<std::int64_t>(at->time_since_epoch().count()) : std::nullopt;
}

void add_state(Batch& batch, std::int64_t number, const journal::CertificateRecord& c) {
  batch.add(number).add(journal::name(c.state)).add_boolean(c.delivered).add(maybe_seconds(c.revoked_at));
  batch.add(c.reason ? std::optional<std::int64_t>(static_cast<std::uint8_t>(*c.reason)) : std::nullopt);
}

std::string bytes_of(std::int64_t number) {
  return std::to_string(number);
}

}  // namespace

Pending::Pending()
    : residents_(kResidents,
                 {text, text, text, text, text, text, text, integer, text, text, text, text, text, integer}),
      cards_(kCards, {text, text, text, text, text}),
      certificates_(kCertificates,
                    {integer, integer, ColumnType::bytes, text, text, text, integer, text, text,
                     ColumnType::bytes, text, text, text, integer, integer, ColumnType::bytes, integer}),
      states_(kStates, {integer, text, boolean, integer, integer}),
      ders_(kDers, {integer, ColumnType::bytes}),
      changes_(kChanges, {integer, text, boolean, integer, integer}),
      requests_(kRequests, {text, text, ColumnType::bytes, ColumnType::bytes}),
      entries_(kEntries, {integer, text, ColumnType::bytes, ColumnType::bytes, ColumnType::bytes}),
      private_parts_(kPrivateParts,
                     {integer, ColumnType::bytes, ColumnType::bytes, ColumnType::bytes, ColumnType::bytes}),
      abouts_(kAbouts, {integer, integer, text}) {}

std::array<Batch*, Pending::kBatches> Pending::all() {
  return {&residents_, &cards_,    &certificates_, &states_,        &ders_,
          &changes_,   &requests_, &entries_,      &private_parts_, &abouts_};
}

void Pending::put_certificate(std::int64_t number, std::int64_t serial_space,
                              const journal::CertificateRecord& c) {
  certificates_.add(number)
      .add(serial_space)
      .add(c.serial.magnitude())
      .add(c.authority)
      .add(pki::name(c.kind));
  certificates_.add(c.resident.text()).add(mark_of(c.resident.text())).add(c.card.text());
  certificates_.add(journal::name(c.carrier));
  c.predecessor ? certificates_.add(c.predecessor->magnitude()) : certificates_.add_null();
  certificates_.add(c.office.text()).add(c.partition).add(c.act.text());
  certificates_.add(std::int64_t{c.not_before.time_since_epoch().count()});
  certificates_.add(std::int64_t{c.not_after.time_since_epoch().count()});
  certificates_.add(ByteView(c.key)).add(mark_of(c.key));
  add_state(states_, number, c);
  if (!c.der.empty()) put_der(number, c.der);
  names_.insert({of_serial(c.serial), of_key(c.key), of_resident(c.resident)});
}

void Pending::put_der(std::int64_t number, ByteView der) {
  ders_.add(number).add(der);
}

void Pending::change_state(std::int64_t number, const journal::CertificateRecord& c) {
  add_state(changes_, number, c);
  names_.insert({of_state(number), of_serial(c.serial), of_resident(c.resident)});
}

void Pending::put_request(const journal::RequestRecord& request) {
  requests_.add(request.request.text()).add(request.act.text());
  requests_.add(ByteView(request.content)).add(request.answer);
  names_.insert(of_request(request.request));
}

void Pending::put_entry(const journal::StoredEntry& stored, ByteView der, const ResidentId& about) {
  const auto& entry = stored.entry;
  const auto sequence = static_cast<std::int64_t>(entry.sequence);
  const auto part = [&](Batch& batch, journal::PartKind kind) {
    const auto& p = stored.parts[static_cast<std::size_t>(kind)];
    p ? batch.add(ByteView(p->salt)).add(p->body) : batch.add_null().add_null();
  };
  entries_.add(sequence).add(entry.act.text()).add(der);
  part(entries_, journal::PartKind::status);
  private_parts_.add(sequence);
  part(private_parts_, journal::PartKind::person);
  part(private_parts_, journal::PartKind::officer);
  if (!about.empty()) put_about({entry.sequence, about});
  names_.emplace(of_entries());
}

void Pending::put_tile(std::int64_t number, ByteView hashes) {
  tiles_[number] = to_bytes(hashes);
  names_.insert(of_tile(number));
}

void Pending::put_resident(const residents::Resident& r) {
  residents_.add(r.id.text()).add(r.name).add(r.address).add(residents::name(r.gender));
  residents_.add(format_date(r.born)).add(residents::name(r.status)).add(day_text(r.period_of_stay_ends));
  residents_.add(std::int64_t{r.adult_ward}).add(r.municipality).add(r.registered_domicile);
  residents_.add(day_text(r.died)).add(day_text(r.left_register));
  residents_.add(r.moving_abroad ? day_text(r.moving_abroad->planned) : std::nullopt);
  residents_.add(r.moving_abroad ? std::optional<std::int64_t>(r.moving_abroad->continued_use)
                                 : std::nullopt);
  names_.insert(of_resident(r.id));
}

void Pending::put_card(const residents::CardRecord& card) {
  cards_.add(card.id.text()).add(card.holder.text()).add(residents::name(card.kind));
  cards_.add(format_date(card.valid_until)).add(residents::name(card.state));
  names_.insert(of_resident(card.holder));
}

void Pending::put_about(const journal::About& about) {
  abouts_.add(mark_of(about.resident.text())).add(static_cast<std::int64_t>(about.sequence));
  abouts_.add(about.resident.text());
  names_.emplace(of_entries());
}

std::string Pending::of_serial(const pki::SerialNumber& serial) {
  return "serial " + to_text(serial.magnitude());
}
std::string Pending::of_key(const journal::Sha256& key) {
  return "key " + to_text(key);
}
std::string Pending::of_resident(const ResidentId& resident) {
  return "resident " + resident.text();
}
std::string Pending::of_request(const RequestId& request) {
  return "request " + request.text();
}
std::string Pending::of_state(std::int64_t number) {
  return "state " + bytes_of(number);
}
std::string Pending::of_tile(std::int64_t number) {
  return "tile " + bytes_of(number);
}
std::string_view Pending::of_entries() {
  return "entries";
}

std::size_t Pending::bytes() const {
  std::size_t sum = 0;
  for (const auto* batch :
       {&residents_, &cards_, &certificates_, &ders_, &requests_, &entries_, &private_parts_})
    sum += batch->bytes();
  return sum;
}

void Pending::take(Pending& later) {
  const auto to = all(), from = later.all();
  for (std::size_t i = 0; i < kBatches; ++i)
    if (!from[i]->empty()) to[i]->append(*from[i]);
  for (auto& [number, hashes] : later.tiles_) tiles_[number] = std::move(hashes);
  names_.merge(later.names_);
  later.clear();
}

void Pending::clear() {
  for (auto* batch : all()) batch->clear();
  tiles_.clear();
  names_.clear();
}

void Pending::queue_in(Connection& connection) {
  for (auto* batch : all()) batch->queue_in(connection);
  Batch tiles(kTiles, {integer, ColumnType::bytes});
  for (const auto& [number, hashes] : tiles_) tiles.add(number).add(hashes);
  tiles.queue_in(connection);
  clear();
}

}  // namespace shomei::store::postgres
