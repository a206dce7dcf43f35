#include "base/check.h"
#include "store/sqlite/columns.h"
#include "store/sqlite/rows.h"

namespace shomei::store {
namespace {

using journal::AuthorityRecord;
using journal::BlockedKey;
using journal::CertificateRecord;
using journal::CertificateState;
using journal::CrlRecord;
using journal::RequestRecord;

constexpr std::string_view kInsertCertificate =
    "INSERT INTO certificate (serial_space, serial, authority, kind, resident, card, carrier, predecessor,"
    " office, partition, act, not_before, not_after, state, delivered, revoked_at, reason, key,"
    " resident_mark, key_mark)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
    " ?, ?, ?, ?)";
// Only what ever changes: SQLite rewrites every index that has a column of the SET list.
constexpr std::string_view kUpdateCertificate =
    "UPDATE certificate SET state = ?, delivered = ?, revoked_at = ?, reason = ? WHERE number = ?";

#define SHOMEI_CERTIFICATE_COLUMNS                                                                \
  "SELECT s.name, c.serial, c.authority, c.kind, c.resident, c.card, c.carrier, c.predecessor,"   \
  " c.office, c.partition, c.act, c.not_before, c.not_after, c.state, c.delivered, c.revoked_at," \
  " c.reason, c.key"
#define SHOMEI_CERTIFICATES " FROM certificate AS c JOIN serial_space AS s ON s.number = c.serial_space "
#define SHOMEI_CERTIFICATES_WITH_DER \
  SHOMEI_CERTIFICATE_COLUMNS         \
  ", (SELECT d.der FROM certificate_der AS d WHERE d.number = c.number)" SHOMEI_CERTIFICATES

constexpr std::string_view kBySerial = SHOMEI_CERTIFICATES_WITH_DER "WHERE c.serial = ? ORDER BY c.number";
constexpr std::string_view kByResident =
    SHOMEI_CERTIFICATES_WITH_DER "WHERE c.resident_mark = ? AND c.resident = ? ORDER BY c.number";
constexpr std::string_view kByState = SHOMEI_CERTIFICATES_WITH_DER "WHERE c.state = ? ORDER BY c.number";
// The words stand in the text, or SQLite could not use the partial indexes.
constexpr std::string_view kReserved =
    SHOMEI_CERTIFICATES_WITH_DER "WHERE c.state = 'reserved' ORDER BY c.number";
constexpr std::string_view kUndelivered =
    SHOMEI_CERTIFICATES_WITH_DER "WHERE c.state = 'valid' AND c.delivered = 0 ORDER BY c.number";
constexpr std::string_view kRevokedNumbers =
    "SELECT number FROM certificate INDEXED BY certificate_revoked"
    " WHERE state IN ('revoked', 'suspended') AND authority = ? ORDER BY length(serial), serial";
constexpr std::string_view kByNumber =
    SHOMEI_CERTIFICATE_COLUMNS ", NULL" SHOMEI_CERTIFICATES "WHERE c.number = ?";
constexpr std::string_view kOfOffice = SHOMEI_CERTIFICATE_COLUMNS
    ", NULL" SHOMEI_CERTIFICATES "WHERE c.office = ? AND c.number < ? ORDER BY c.number DESC LIMIT ?";
// By itself SQLite would look for the largest number among all of the office's.
constexpr std::string_view kPlaceInOffice =
    "SELECT max(number) FROM certificate INDEXED BY certificate_serial WHERE serial = ? AND office = ?";
constexpr std::string_view kByKey =
    SHOMEI_CERTIFICATES_WITH_DER "WHERE c.key_mark = ? AND c.key = ? ORDER BY c.number";
// By their states: looking into the other table would read a page for each.
constexpr std::string_view kIssued = SHOMEI_CERTIFICATE_COLUMNS
    ", NULL" SHOMEI_CERTIFICATES "WHERE c.state NOT IN ('reserved', 'written_off') ORDER BY c.number";
constexpr std::string_view kSigned = SHOMEI_CERTIFICATES_WITH_DER
    "WHERE EXISTS (SELECT 1 FROM certificate_der AS e WHERE e.number = c.number) ORDER BY c.number";
// CROSS JOIN: the certificates are the outer loop, in the order of their table.
constexpr std::string_view kAll = SHOMEI_CERTIFICATE_COLUMNS
    ", (SELECT d.der FROM certificate_der AS d WHERE d.number = c.number) FROM certificate AS c CROSS JOIN"
    " serial_space AS s ON s.number = c.serial_space ORDER BY c.number";
#undef SHOMEI_CERTIFICATES_WITH_DER
#undef SHOMEI_CERTIFICATES
#undef SHOMEI_CERTIFICATE_COLUMNS

// In the order of the columns above.
void bind(Query& query, const CertificateRecord& c) {
  query.bind(c.serial.magnitude()).bind(c.authority).bind(pki::name(c.kind));
  query.bind(c.resident.text()).bind(c.card.text()).bind(journal::name(c.carrier));
  query.bind(c.predecessor ? std::optional<Bytes>(c.predecessor->magnitude()) : std::nullopt);
  query.bind(c.office.text()).bind(c.partition).bind(c.act.text());
  query.bind(seconds(c.not_before)).bind(seconds(c.not_after)).bind(journal::name(c.state));
  query.bind(std::int64_t{c.delivered}).bind(seconds(c.revoked_at));
  query.bind(c.reason ? std::optional<std::int64_t>(static_cast<std::uint8_t>(*c.reason)) : std::nullopt);
  query.bind(ByteView(c.key)).bind(mark_of(c.resident.text())).bind(mark_of(c.key));
}

Result<std::optional<pki::RevocationReason>> maybe_reason_in(const Query& row, int column) {
  if (row.is_null(column)) return std::optional<pki::RevocationReason>{};
  const auto reason = pki::revocation_reason_of(static_cast<std::uint8_t>(row.integer(column)));
  if (!reason) return row_broken("a reason of revocation");
  return reason;
}

Result<CertificateRecord> read_certificate(const Query& row) {
  CertificateRecord c;
  c.serial_space = row.text(0);
  SHOMEI_TRY(c.serial, serial_in(row, 1));
  c.authority = row.text(2);
  SHOMEI_TRY(c.kind, unbroken(pki::parse_certificate_kind(row.text(3)), "a kind of certificate"));
  SHOMEI_TRY(c.resident, id_in<ResidentId>(row, 4));
  SHOMEI_TRY(c.card, id_in<CardId>(row, 5));
  SHOMEI_TRY(c.carrier, journal::parse_carrier(row.text(6)));
  if (!row.is_null(7)) {
    SHOMEI_TRY(c.predecessor, serial_in(row, 7));
  }
  SHOMEI_TRY(c.office, id_in<OfficeId>(row, 8));
  c.partition = row.text(9);
  SHOMEI_TRY(c.act, id_in<ActId>(row, 10));
  c.not_before = instant_in(row, 11);
  c.not_after = instant_in(row, 12);
  SHOMEI_TRY(c.state, journal::parse_certificate_state(row.text(13)));
  c.delivered = row.integer(14) != 0;
  c.revoked_at = maybe_instant_in(row, 15);
  SHOMEI_TRY(c.reason, maybe_reason_in(row, 16));
  SHOMEI_TRY(c.key, array_in<32>(row, 17));
  c.der = row.blob(18);
  return c;
}

Result<void> each_until(Query& query, const std::function<bool(const CertificateRecord&)>& each) {
  while (true) {
    SHOMEI_TRY(const bool found, query.step());
    if (!found) return {};
    SHOMEI_TRY(const auto certificate, read_certificate(query));
    if (!each(certificate)) return {};
  }
}

Result<AuthorityRecord> read_authority(const Query& row) {
  AuthorityRecord authority;
  authority.name = row.text(0);
  SHOMEI_TRY(authority.kind, unbroken(pki::parse_certificate_kind(row.text(1)), "a kind of certificate"));
  authority.generation = static_cast<std::uint32_t>(row.integer(2));
  authority.serial_space = row.text(3);
  authority.certificate = row.blob(4);
  return authority;
}

Result<std::uint64_t> read_number(const Query& row) {
  return static_cast<std::uint64_t>(row.integer(0));
}

Result<std::int64_t> read_row(const Query& row) {
  return row.integer(0);
}

Result<BlockedKey> read_blocked_key(const Query& row) {
  BlockedKey blocked;
  SHOMEI_TRY(blocked.key, array_in<32>(row, 0));
  SHOMEI_TRY(blocked.act, id_in<ActId>(row, 1));
  blocked.cause = row.text(2);
  return blocked;
}

Result<RequestRecord> read_request(const Query& row) {
  RequestRecord request;
  SHOMEI_TRY(request.request, id_in<RequestId>(row, 0));
  SHOMEI_TRY(request.act, id_in<ActId>(row, 1));
  SHOMEI_TRY(request.content, array_in<32>(row, 2));
  request.answer = row.blob(3);
  return request;
}

Result<CrlRecord> read_crl(const Query& row) {
  return CrlRecord{row.text(0), static_cast<std::uint64_t>(row.integer(1)), instant_in(row, 2),
                   instant_in(row, 3), row.blob(4)};
}

Result<journal::SerialSpace> read_space(const Query& row) {
  return journal::SerialSpace{row.text(0), static_cast<std::uint64_t>(row.integer(1))};
}

}  // namespace

Result<void> SqliteRows::insert(const AuthorityRecord& authority) {
  SHOMEI_TRY(auto query, change("INSERT INTO authority (name, kind, generation, serial_space, certificate)"
                                " VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING"));
  query.bind(authority.name).bind(pki::name(authority.kind)).bind(std::int64_t{authority.generation});
  query.bind(authority.serial_space).bind(authority.certificate);
  return run_once(query, conflict("authority_exists", {{"authority", authority.name}}));
}

Result<std::vector<AuthorityRecord>> SqliteRows::list_authorities() {
  SHOMEI_TRY(auto query, select("SELECT name, kind, generation, serial_space, certificate FROM authority"
                                " ORDER BY kind, generation"));
  return all_of(query, read_authority);
}

// Of the transaction; few names, asked for with every certificate.
Result<std::int64_t> SqliteRows::number_of_space(const std::string& name) {
  if (const auto known = spaces_.find(name); known != spaces_.end()) return known->second;
  constexpr std::string_view kFind = "SELECT number FROM serial_space WHERE name = ?";
  SHOMEI_TRY(auto query, select(kFind, kNone));
  SHOMEI_TRY(auto number, first_of(query.bind(name), read_row));
  if (!number) {
    SHOMEI_TRY(auto space, change("INSERT INTO serial_space (name) VALUES (?)"));
    SHOMEI_CHECK(space.bind(name).run());
    number = database_->last_row();
  }
  spaces_.emplace(name, *number);
  return *number;
}

Result<void> SqliteRows::put_der(std::int64_t number, ByteView der) {
  SHOMEI_TRY(auto query, prepare("INSERT INTO certificate_der (number, der) VALUES (?, ?)"));
  return query.bind(number).bind_borrowed(der).run();
}

Result<void> SqliteRows::insert(const CertificateRecord& certificate) {
  SHOMEI_TRY(const auto space, number_of_space(certificate.serial_space));
  SHOMEI_TRY(auto taken,
             select("SELECT number FROM certificate WHERE serial = ? AND serial_space = ?", kCertificates));
  SHOMEI_TRY(const auto other, first_of(taken.bind(certificate.serial.magnitude()).bind(space), read_row));
  if (other) return conflict("serial_used", {{"serial", certificate.serial.hex()}});
  return write(kCertificates, [this, space, certificate]() -> Result<void> {
    SHOMEI_TRY(auto query, prepare(kInsertCertificate));
    bind(query.bind(space), certificate);
    SHOMEI_CHECK(query.run());
    if (certificate.der.empty()) return {};
    return put_der(database_->last_row(), certificate.der);
  });
}

Result<void> SqliteRows::update(const CertificateRecord& certificate, CertificateState expected) {
  SHOMEI_TRY(const auto space, number_of_space(certificate.serial_space));
  SHOMEI_TRY(auto place, select("SELECT number FROM certificate WHERE serial = ? AND serial_space = ?"
                                " AND state = ?",
                                kCertificates));
  place.bind(certificate.serial.magnitude()).bind(space).bind(journal::name(expected));
  SHOMEI_TRY(const auto number, first_of(place, read_row));
  if (!number)
    return conflict("certificate_state_moved", {{"serial", certificate.serial.hex()},
                                                {"expected", std::string(journal::name(expected))}});
  const bool issued = expected == CertificateState::reserved && !certificate.der.empty();
  return write(kCertificates, [this, c = certificate, number = *number, issued]() -> Result<void> {
    SHOMEI_TRY(auto query, prepare(kUpdateCertificate));
    query.bind(journal::name(c.state)).bind(std::int64_t{c.delivered}).bind(seconds(c.revoked_at));
    query.bind(c.reason ? std::optional<std::int64_t>(static_cast<std::uint8_t>(*c.reason)) : std::nullopt);
    SHOMEI_CHECK(query.bind(number).run());
    return issued ? put_der(number, c.der) : Result<void>{};
  });
}

Result<std::vector<CertificateRecord>> SqliteRows::find_certificates(const pki::SerialNumber& serial) {
  SHOMEI_TRY(auto query, select(kBySerial, kCertificates));
  return all_of(query.bind(serial.magnitude()), read_certificate);
}

Result<std::vector<CertificateRecord>> SqliteRows::certificates_of(const ResidentId& resident) {
  SHOMEI_TRY(auto query, select(kByResident, kCertificates));
  return all_of(query.bind(mark_of(resident.text())).bind(resident.text()), read_certificate);
}

Result<std::vector<CertificateRecord>> SqliteRows::certificates_in_state(CertificateState state) {
  const bool reserved = state == CertificateState::reserved;
  SHOMEI_TRY(auto query, select(reserved ? kReserved : kByState, kCertificates));
  if (!reserved) query.bind(journal::name(state));
  return all_of(query, read_certificate);
}

// The numbers first, in order: whole rows are ten times as much to sort.
Result<void> SqliteRows::each_revoked(const std::string& authority,
                                      const std::function<void(const CertificateRecord&)>& each) {
  SHOMEI_TRY(auto list, select(kRevokedNumbers, kCertificates));
  SHOMEI_TRY(const auto numbers, all_of(list.bind(authority), read_row));
  for (const auto number : numbers) {
    SHOMEI_TRY(auto query, select(kByNumber, kCertificates));
    SHOMEI_TRY(const auto certificate, first_of(query.bind(number), read_certificate));
    if (!certificate) return row_broken("a certificate of the index");
    each(*certificate);
  }
  return {};
}

Result<std::vector<CertificateRecord>> SqliteRows::undelivered() {
  SHOMEI_TRY(auto query, select(kUndelivered, kCertificates));
  return all_of(query, read_certificate);
}

// The page begins behind the certificate of that serial number: its row's number is where the listing
// stopped.
Result<std::vector<CertificateRecord>> SqliteRows::certificates_of_office(const OfficeId& office,
                                                                          const journal::Page& page) {
  std::int64_t before = INT64_MAX;
  if (!page.after.empty()) {
    SHOMEI_TRY(const auto serial, pki::SerialNumber::parse_hex(page.after));
    SHOMEI_TRY(auto place, select(kPlaceInOffice, kCertificates));
    SHOMEI_TRY(const auto number, first_of(place.bind(serial.magnitude()).bind(office.text()), read_row));
    before = number.value_or(0);
  }
  SHOMEI_TRY(auto query, select(kOfOffice, kCertificates));
  query.bind(office.text()).bind(before).bind(static_cast<std::int64_t>(page.count));
  return all_of(query, read_certificate);
}

Result<bool> SqliteRows::key_used(const journal::Sha256& key) {
  SHOMEI_TRY(auto query, select("SELECT 1 FROM certificate WHERE key_mark = ? AND key = ?", kCertificates));
  return query.bind(mark_of(key)).bind(ByteView(key)).step();
}

Result<std::vector<CertificateRecord>> SqliteRows::certificates_of_key(const journal::Sha256& key) {
  SHOMEI_TRY(auto query, select(kByKey));
  return all_of(query.bind(mark_of(key)).bind(ByteView(key)), read_certificate);
}

Result<void> SqliteRows::each_signed(const std::function<bool(const CertificateRecord&)>& each) {
  SHOMEI_TRY(auto query, select(kSigned));
  return each_until(query, each);
}

Result<void> SqliteRows::each_issued(const std::function<bool(const CertificateRecord&)>& each) {
  SHOMEI_TRY(auto query, select(kIssued));
  return each_until(query, each);
}

Result<void> SqliteRows::insert(const BlockedKey& key) {
  SHOMEI_TRY(auto query, change("INSERT INTO blocked_key (key, act, cause) VALUES (?, ?, ?)"
                                " ON CONFLICT (key) DO NOTHING"));
  query.bind(ByteView(key.key)).bind(key.act.text()).bind(key.cause);
  return run_once(query, conflict("key_blocked_already", {{"key", to_hex(key.key)}}));
}

Result<std::optional<BlockedKey>> SqliteRows::find_blocked_key(const journal::Sha256& key) {
  SHOMEI_TRY(auto query, select("SELECT key, act, cause FROM blocked_key WHERE key = ?", kNone));
  return first_of(query.bind(ByteView(key)), read_blocked_key);
}

Result<std::vector<BlockedKey>> SqliteRows::list_blocked_keys(const journal::Page& page) {
  SHOMEI_TRY(const auto after, from_hex(page.after));
  SHOMEI_TRY(auto query,
             select("SELECT key, act, cause FROM blocked_key WHERE key > ? ORDER BY key LIMIT ?"));
  return all_of(query.bind(after).bind(static_cast<std::int64_t>(page.count)), read_blocked_key);
}

Result<std::uint64_t> SqliteRows::next_number(const std::string& serial_space) {
  SHOMEI_TRY(auto query,
             change("INSERT INTO serial_space (name, last_number) VALUES (?, 1) ON CONFLICT (name)"
                    " DO UPDATE SET last_number = last_number + 1 RETURNING last_number"));
  SHOMEI_TRY(const auto number, first_of(query.bind(serial_space), read_number));
  SHOMEI_INVARIANT(number.has_value());  // the statement always writes one row
  return *number;
}

Result<void> SqliteRows::insert(const RequestRecord& request) {
  SHOMEI_TRY(const auto first, find_request(request.request));
  if (first)
    return conflict("request_exists", {{"request", request.request.text()}, {"act", first->act.text()}});
  return write(kRequests, [this, request]() -> Result<void> {
    SHOMEI_TRY(auto query, prepare("INSERT INTO request (id, act, content, answer) VALUES (?, ?, ?, ?)"));
    query.bind(request.request.text()).bind(request.act.text()).bind(ByteView(request.content));
    return query.bind(request.answer).run();
  });
}

Result<std::optional<RequestRecord>> SqliteRows::find_request(const RequestId& id) {
  SHOMEI_TRY(auto query, select("SELECT id, act, content, answer FROM request WHERE id = ?", kRequests));
  return first_of(query.bind(id.text()), read_request);
}

Result<void> SqliteRows::insert(const CrlRecord& crl) {
  SHOMEI_INVARIANT(crl.number <= static_cast<std::uint64_t>(INT64_MAX));
  SHOMEI_TRY(auto query, change("INSERT INTO crl (authority, number, this_update, next_update, der)"
                                " VALUES (?, ?, ?, ?, ?) ON CONFLICT (authority, number) DO NOTHING"));
  query.bind(crl.name).bind(static_cast<std::int64_t>(crl.number)).bind(seconds(crl.this_update));
  query.bind(seconds(crl.next_update)).bind_borrowed(crl.der);
  return run_once(query,
                  conflict("crl_exists", {{"authority", crl.name}, {"number", std::to_string(crl.number)}}));
}

Result<std::optional<CrlRecord>> SqliteRows::latest_crl(const std::string& name) {
  SHOMEI_TRY(auto query, select("SELECT authority, number, this_update, next_update, der FROM crl"
                                " WHERE authority = ? ORDER BY number DESC LIMIT 1"));
  return first_of(query.bind(name), read_crl);
}

Result<std::uint64_t> SqliteRows::latest_crl_number(const std::string& name) {
  SHOMEI_TRY(auto query, select("SELECT number FROM crl WHERE authority = ? ORDER BY number DESC LIMIT 1"));
  SHOMEI_TRY(const auto number, first_of(query.bind(name), read_number));
  return number.value_or(0);
}

// The numbers are found in the index; the lists themselves are not read.
Result<std::vector<CrlRecord>> SqliteRows::latest_crls() {
  SHOMEI_TRY(auto query,
             select("SELECT l.authority, l.number, l.this_update, l.next_update, x''"
                    " FROM (SELECT authority, max(number) AS number FROM crl GROUP BY authority) AS n"
                    " JOIN crl AS l ON l.authority = n.authority AND l.number = n.number"
                    " ORDER BY l.authority"));
  return all_of(query, read_crl);
}

Result<void> SqliteRows::remove_crls_before(const std::string& name, std::uint64_t number) {
  SHOMEI_INVARIANT(number <= static_cast<std::uint64_t>(INT64_MAX));
  SHOMEI_TRY(auto query, change("DELETE FROM crl WHERE authority = ? AND number < ?"));
  return query.bind(name).bind(static_cast<std::int64_t>(number)).run();
}

Result<void> SqliteRows::each_of_certificates(journal::RowKind kind, const EachRow& each) {
  using enum journal::RowKind;
  const auto every = [&](std::string_view sql, auto read) -> Result<void> {
    SHOMEI_TRY(auto query, select(sql));
    return each_of(query, read, each);
  };
  switch (kind) {
    case authority:
      return every("SELECT name, kind, generation, serial_space, certificate FROM authority ORDER BY name",
                   read_authority);
    case serial_space:
      return every("SELECT name, last_number FROM serial_space WHERE last_number > 0 ORDER BY name",
                   read_space);
    case certificate:
      return every(kAll, read_certificate);
    case blocked_key:
      return every("SELECT key, act, cause FROM blocked_key ORDER BY key", read_blocked_key);
    case request:
      return every("SELECT id, act, content, answer FROM request ORDER BY id", read_request);
    default:
      return every(
          "SELECT authority, number, this_update, next_update, der FROM crl"
          " ORDER BY authority, number",
          read_crl);
  }
}

}  // namespace shomei::store
