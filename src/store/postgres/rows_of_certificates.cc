#include <algorithm>

#include "base/check.h"
#include "store/postgres/batch.h"
#include "store/postgres/columns.h"
#include "store/postgres/marks.h"
#include "store/postgres/rows.h"

namespace shomei::store::postgres {
namespace {

using journal::AuthorityRecord;
using journal::CertificateRecord;
using journal::CertificateState;

constexpr std::size_t kRevokedAtOnce = 1000;
constexpr std::int64_t kSignedAtOnce = 1000;

#define SHOMEI_CERTIFICATE_COLUMNS                                                                 \
  "c.number, c.serial_space, c.serial, c.authority, c.kind, c.resident, c.card, c.carrier,"        \
  " c.predecessor, c.office, c.partition, c.act, c.not_before, c.not_after, s.state, s.delivered," \
  " s.revoked_at, s.reason, c.key"
#define SHOMEI_CERTIFICATES " FROM certificate AS c JOIN certificate_state AS s ON s.number = c.number"
#define SHOMEI_SELECT                                                \
  "SELECT " SHOMEI_CERTIFICATE_COLUMNS ", d.der" SHOMEI_CERTIFICATES \
  " LEFT JOIN certificate_der AS d ON d.number = c.number"

constexpr Statement kBySerial{"certificates_by_serial", SHOMEI_SELECT " WHERE c.serial = $1"};
constexpr Statement kByResident{"certificates_by_resident",
                                SHOMEI_SELECT " WHERE c.resident_mark = $1 AND c.resident = $2"};
// The words stand in the text, or the partial indexes could not be used.
constexpr Statement kReserved{"certificates_reserved", SHOMEI_SELECT " WHERE s.state = 'reserved'"};
constexpr Statement kUndelivered{"certificates_undelivered",
                                 SHOMEI_SELECT " WHERE s.state = 'valid' AND NOT s.delivered"};
constexpr Statement kByState{"certificates_by_state", SHOMEI_SELECT " WHERE s.state = $1"};
constexpr Statement kOfOffice{"certificates_of_office",
                              "SELECT " SHOMEI_CERTIFICATE_COLUMNS ", NULL::bytea" SHOMEI_CERTIFICATES
                              " WHERE c.office = $1 AND c.number < $2"
                              " ORDER BY c.number DESC LIMIT $3"};
constexpr Statement kAll{"certificates_all", SHOMEI_SELECT " WHERE c.number > $1 ORDER BY c.number LIMIT $2"};
constexpr Statement kRevokedNumbers{"revoked_numbers",
                                    "SELECT coalesce(array_agg(c.number ORDER BY octet_length(c.serial), "
                                    "c.serial), '{}'::bigint[])" SHOMEI_CERTIFICATES
                                    " WHERE s.state IN ('revoked', 'suspended') AND c.authority = $1"};
constexpr Statement kByNumbers{"certificates_by_numbers",
                               "SELECT " SHOMEI_CERTIFICATE_COLUMNS
                               ", NULL::bytea"
                               " FROM unnest($1::bigint[]) WITH ORDINALITY AS u (number, place) JOIN "
                               "certificate AS c ON c.number = u.number"
                               " JOIN certificate_state AS s ON s.number = u.number ORDER BY u.place"};
constexpr Statement kByKey{"certificates_by_key", SHOMEI_SELECT " WHERE c.key_mark = $1 AND c.key = $2"};
constexpr Statement kSigned{"certificates_signed", SHOMEI_SELECT
                            " WHERE c.number > $1 AND d.der IS NOT NULL ORDER BY c.number LIMIT $2"};
constexpr Statement kIssued{"certificates_issued",
                            "SELECT " SHOMEI_CERTIFICATE_COLUMNS ", NULL::bytea" SHOMEI_CERTIFICATES
                            " WHERE c.number > $1 AND s.state NOT IN ('reserved', 'written_off')"
                            " ORDER BY c.number LIMIT $2"};
#undef SHOMEI_SELECT
#undef SHOMEI_CERTIFICATES
#undef SHOMEI_CERTIFICATE_COLUMNS
constexpr int kDerColumn = 19;

constexpr Statement kSerialUsed{"serial_used",
                                "SELECT 1 FROM certificate WHERE serial = $1 AND serial_space = $2"};
constexpr Statement kPlaceInOffice{"place_in_office",
                                   "SELECT max(number) FROM certificate WHERE serial = $1 AND office = $2"};
constexpr Statement kFindSpace{"find_space", "SELECT number FROM serial_space WHERE name = $1"};
constexpr Statement kListSpaces{"list_spaces", "SELECT number, name FROM serial_space"};
constexpr Statement kInsertSpace{"insert_space",
                                 "INSERT INTO serial_space (name) VALUES ($1) RETURNING number"};
constexpr Statement kNextNumber{
    "next_number",
    "INSERT INTO serial_space AS s (name, last_number) VALUES ($1, 1) ON CONFLICT (name)"
    " DO UPDATE SET last_number = s.last_number + 1 RETURNING last_number"};
constexpr Statement kCounted{
    "counted_spaces", "SELECT name, last_number FROM serial_space WHERE last_number > 0 ORDER BY name"};
constexpr Statement kInsertAuthority{
    "insert_authority",
    "INSERT INTO authority (name, kind, generation, serial_space, certificate)"
    " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (name) DO NOTHING"};
constexpr Statement kListAuthorities{"list_authorities",
                                     "SELECT name, kind, generation, serial_space, certificate FROM authority"
                                     " ORDER BY kind, generation"};

Result<std::optional<pki::RevocationReason>> maybe_reason_in(const Row& row, int column) {
  if (row.is_null(column)) return std::optional<pki::RevocationReason>{};
  const auto reason = pki::revocation_reason_of(static_cast<std::uint8_t>(row.integer(column)));
  if (!reason) return row_broken("a reason of revocation");
  return reason;
}

Result<AuthorityRecord> read_authority(const Row& row) {
  AuthorityRecord authority;
  authority.name = row.text(0);
  SHOMEI_TRY(authority.kind, unbroken(pki::parse_certificate_kind(row.text(1)), "a kind of certificate"));
  authority.generation = static_cast<std::uint32_t>(row.integer(2));
  authority.serial_space = row.text(3);
  authority.certificate = row.blob(4);
  return authority;
}

template <class Known>
std::vector<CertificateRecord> records_of(std::vector<Known> known) {
  std::vector<CertificateRecord> records;
  for (auto& k : known) records.push_back(std::move(k.record));
  return records;
}

}  // namespace

Result<void> PostgresRows::insert(const AuthorityRecord& authority) {
  Values values;
  values.bind(authority.name).bind(pki::name(authority.kind)).bind(std::int64_t{authority.generation});
  values.bind(authority.serial_space).bind(authority.certificate);
  return change_one(kInsertAuthority, values, conflict("authority_exists", {{"authority", authority.name}}));
}

Result<std::vector<AuthorityRecord>> PostgresRows::list_authorities() {
  SHOMEI_TRY(const auto answer, read(kListAuthorities));
  return all_of(answer, read_authority);
}

Result<std::int64_t> PostgresRows::number_of_space(const std::string& name) {
  if (const auto known = now_.spaces.find(name); known != now_.spaces.end()) return known->second;
  SHOMEI_TRY(auto answer, read(kFindSpace, Values().bind(name)));
  if (answer.rows() == 0) {
    SHOMEI_TRY(answer, change(kInsertSpace, Values().bind(name)));
  }
  return now_.spaces[name] = Row(answer, 0).integer(0);
}

Result<std::string> PostgresRows::name_of_space(std::int64_t number) {
  const auto has_number = [&](const auto& space) { return space.second == number; };
  auto at = std::ranges::find_if(now_.spaces, has_number);
  if (at == now_.spaces.end()) {
    SHOMEI_TRY(const auto answer, read(kListSpaces));
    for (int i = 0; i < answer.rows(); ++i) now_.spaces[Row(answer, i).text(1)] = Row(answer, i).integer(0);
    if (access_ == journal::Access::read) engine_.spaces_.learn(now_.spaces);
    at = std::ranges::find_if(now_.spaces, has_number);
  }
  if (at == now_.spaces.end()) return row_broken("a serial space");
  return at->first;
}

Result<PostgresRows::Known> PostgresRows::read_certificate(const Row& row) {
  Known known;
  known.number = row.integer(0);
  CertificateRecord& c = known.record;
  SHOMEI_TRY(c.serial_space, name_of_space(row.integer(1)));
  SHOMEI_TRY(c.serial, serial_in(row, 2));
  c.authority = row.text(3);
  SHOMEI_TRY(c.kind, unbroken(pki::parse_certificate_kind(row.text(4)), "a kind of certificate"));
  SHOMEI_TRY(c.resident, id_in<ResidentId>(row, 5));
  SHOMEI_TRY(c.card, id_in<CardId>(row, 6));
  SHOMEI_TRY(c.carrier, journal::parse_carrier(row.text(7)));
  if (!row.is_null(8)) {
    SHOMEI_TRY(c.predecessor, serial_in(row, 8));
  }
  SHOMEI_TRY(c.office, id_in<OfficeId>(row, 9));
  c.partition = row.text(10);
  SHOMEI_TRY(c.act, id_in<ActId>(row, 11));
  c.not_before = instant_in(row, 12);
  c.not_after = instant_in(row, 13);
  SHOMEI_TRY(c.state, journal::parse_certificate_state(row.text(14)));
  c.delivered = row.boolean(15);
  c.revoked_at = maybe_instant_in(row, 16);
  SHOMEI_TRY(c.reason, maybe_reason_in(row, 17));
  SHOMEI_TRY(c.key, array_in<32>(row, 18));
  c.der = row.blob(kDerColumn);
  return known;
}

// In the order of their issue unless the statement has put them into another.
Result<std::vector<PostgresRows::Known>> PostgresRows::read_certificates(const Answer& answer) {
  std::vector<Known> all;
  for (int i = 0; i < answer.rows(); ++i) {
    SHOMEI_TRY(auto known, read_certificate(Row(answer, i)));
    all.push_back(std::move(known));
  }
  return all;
}

void PostgresRows::ask_certificates(const ResidentId& holder) {
  if (known_.certificates.contains(holder)) return;
  Values values;
  values.bind(mark_of(holder.text())).bind(holder.text());
  ask(kByResident, values, [this, holder](const Answer& answer) -> Result<void> {
    SHOMEI_TRY(auto all, read_certificates(answer));
    std::ranges::sort(all, {}, &Known::number);
    known_.certificates[holder] = std::move(all);
    return {};
  });
}

Result<std::vector<PostgresRows::Known>*> PostgresRows::certificates_known_of(const ResidentId& resident) {
  forget_if_reader();
  if (!known_.certificates.contains(resident)) {
    if (is_pending(Pending::of_resident(resident))) queue_pending();
    ask_certificates(resident);
    SHOMEI_CHECK(take());
  }
  return &known_.certificates[resident];
}

void PostgresRows::ask_serial(const pki::SerialNumber& serial, std::int64_t space) {
  if (known_.free_serials.contains({space, serial})) return;
  Values values;
  values.bind(serial.magnitude()).bind(space);
  ask(kSerialUsed, values, [this, serial, space](const Answer& answer) -> Result<void> {
    if (answer.rows() == 0) known_.free_serials.emplace(space, serial);
    return {};
  });
}

// By the resident, whose certificates the act will want to see anyway. Null when there is none.
Result<PostgresRows::Known*> PostgresRows::find_known(const CertificateRecord& certificate) {
  const auto is_it = [&](const CertificateRecord& c) {
    return c.serial == certificate.serial && c.serial_space == certificate.serial_space;
  };
  SHOMEI_TRY(auto* held, certificates_known_of(certificate.resident));
  auto at = std::ranges::find_if(*held, is_it, &Known::record);
  if (at != held->end()) return &*at;
  SHOMEI_TRY(const auto namesakes, find_certificates(certificate.serial));
  const auto other = std::ranges::find_if(namesakes, is_it);
  if (other == namesakes.end()) return static_cast<Known*>(nullptr);
  SHOMEI_TRY(held, certificates_known_of(other->resident));
  at = std::ranges::find_if(*held, is_it, &Known::record);
  return at == held->end() ? nullptr : &*at;
}

Result<void> PostgresRows::insert(const CertificateRecord& certificate) {
  SHOMEI_TRY(const auto space, number_of_space(certificate.serial_space));
  if (is_pending(Pending::of_serial(certificate.serial))) queue_pending();
  ask_serial(certificate.serial, space);
  SHOMEI_CHECK(take());
  if (known_.free_serials.erase({space, certificate.serial}) == 0)
    return conflict("serial_used", {{"serial", certificate.serial.hex()}});
  pending().put_certificate(++now_.certificates, space, certificate);
  if (const auto held = known_.certificates.find(certificate.resident); held != known_.certificates.end())
    held->second.push_back({now_.certificates, certificate});
  if (const auto key = known_.keys.find(certificate.key); key != known_.keys.end()) key->second.used = true;
  return {};
}

Result<void> PostgresRows::update(const CertificateRecord& c, CertificateState expected) {
  SHOMEI_TRY(auto* known, find_known(c));
  if (known == nullptr || known->record.state != expected)
    return conflict("certificate_state_moved",
                    {{"serial", c.serial.hex()}, {"expected", std::string(journal::name(expected))}});
  // One statement changes a row once.
  if (is_pending(Pending::of_state(known->number))) queue_pending();
  auto& record = known->record;
  record.state = c.state;
  record.delivered = c.delivered;
  record.revoked_at = c.revoked_at;
  record.reason = c.reason;
  if (expected == CertificateState::reserved && record.der.empty() && !c.der.empty()) {
    record.der = c.der;
    pending().put_der(known->number, c.der);
  }
  pending().change_state(known->number, record);
  return {};
}

Result<std::vector<CertificateRecord>> PostgresRows::find_certificates(const pki::SerialNumber& serial) {
  SHOMEI_TRY(const auto answer,
             read_behind(Pending::of_serial(serial), kBySerial, Values().bind(serial.magnitude())));
  SHOMEI_TRY(auto all, read_certificates(answer));
  std::ranges::sort(all, {}, &Known::number);
  return records_of(std::move(all));
}

Result<std::vector<CertificateRecord>> PostgresRows::certificates_of(const ResidentId& resident) {
  SHOMEI_TRY(const auto* held, certificates_known_of(resident));
  return records_of(*held);
}

Result<std::vector<CertificateRecord>> PostgresRows::certificates_in_state(CertificateState state) {
  const bool reserved = state == CertificateState::reserved;
  Values values;
  if (!reserved) values.bind(journal::name(state));
  SHOMEI_TRY(const auto answer, read_behind_all(reserved ? kReserved : kByState, values));
  SHOMEI_TRY(auto all, read_certificates(answer));
  std::ranges::sort(all, {}, &Known::number);
  return records_of(std::move(all));
}

// The numbers first, in order, and then the rows some at a time: all revoked certificates of a country are
// many.
Result<void> PostgresRows::each_revoked(const std::string& authority,
                                        const std::function<void(const CertificateRecord&)>& each) {
  SHOMEI_TRY(const auto list, read_behind_all(kRevokedNumbers, Values().bind(authority)));
  const auto numbers = Row(list, 0).integers(0);
  for (std::size_t first = 0; first < numbers.size(); first += kRevokedAtOnce) {
    IntegerArray some;
    for (auto i = first; i < std::min(numbers.size(), first + kRevokedAtOnce); ++i) some.add(numbers[i]);
    SHOMEI_TRY(const auto answer, read(kByNumbers, Values().bind(some.encoded())));
    SHOMEI_TRY(const auto all, read_certificates(answer));
    for (const auto& known : all) each(known.record);
  }
  return {};
}

Result<std::vector<CertificateRecord>> PostgresRows::undelivered() {
  SHOMEI_TRY(const auto answer, read_behind_all(kUndelivered));
  SHOMEI_TRY(auto all, read_certificates(answer));
  std::ranges::sort(all, {}, &Known::number);
  return records_of(std::move(all));
}

// The page begins behind the certificate of that serial number: its row's number is where the listing
// stopped.
Result<std::vector<CertificateRecord>> PostgresRows::certificates_of_office(const OfficeId& office,
                                                                            const journal::Page& page) {
  std::int64_t before = INT64_MAX;
  if (!page.after.empty()) {
    SHOMEI_TRY(const auto serial, pki::SerialNumber::parse_hex(page.after));
    Values values;
    values.bind(serial.magnitude()).bind(office.text());
    SHOMEI_TRY(const auto place, read_behind_all(kPlaceInOffice, values));
    before = Row(place, 0).integer(0);
  }
  Values values;
  values.bind(office.text()).bind(before).bind(static_cast<std::int64_t>(page.count));
  SHOMEI_TRY(const auto answer, read_behind_all(kOfOffice, values));
  SHOMEI_TRY(auto all, read_certificates(answer));
  return records_of(std::move(all));
}

Result<std::vector<CertificateRecord>> PostgresRows::certificates_of_key(const journal::Sha256& key) {
  Values values;
  values.bind(mark_of(key)).bind(ByteView(key));
  SHOMEI_TRY(const auto answer, read_behind_all(kByKey, values));
  SHOMEI_TRY(auto all, read_certificates(answer));
  std::ranges::sort(all, {}, &Known::number);
  return records_of(std::move(all));
}

Result<void> PostgresRows::each_signed(const std::function<bool(const CertificateRecord&)>& each) {
  return each_behind(kSigned, each);
}

Result<void> PostgresRows::each_issued(const std::function<bool(const CertificateRecord&)>& each) {
  return each_behind(kIssued, each);
}

// Page after page in the order of their numbers.
Result<void> PostgresRows::each_behind(const Statement& statement,
                                       const std::function<bool(const CertificateRecord&)>& each) {
  for (std::int64_t behind = 0;;) {
    SHOMEI_TRY(const auto answer, read_behind_all(statement, Values().bind(behind).bind(kSignedAtOnce)));
    SHOMEI_TRY(const auto all, read_certificates(answer));
    for (const auto& known : all)
      if (!each(known.record)) return {};
    if (all.empty()) return {};
    behind = all.back().number;
  }
}

Result<std::uint64_t> PostgresRows::next_number(const std::string& serial_space) {
  SHOMEI_TRY(const auto answer, change(kNextNumber, Values().bind(serial_space)));
  return static_cast<std::uint64_t>(Row(answer, 0).integer(0));
}

Result<void> PostgresRows::each_of_certificates(journal::RowKind kind, const EachRow& each) {
  if (kind == journal::RowKind::authority) {
    SHOMEI_TRY(auto all, list_authorities());
    std::ranges::sort(all, {}, &AuthorityRecord::name);
    for (auto& authority : all) SHOMEI_CHECK(each(std::move(authority)));
    return {};
  }
  if (kind == journal::RowKind::serial_space) {
    SHOMEI_TRY(const auto answer, read(kCounted));
    for (int i = 0; i < answer.rows(); ++i) {
      const Row row(answer, i);
      SHOMEI_CHECK(each(journal::SerialSpace{row.text(0), static_cast<std::uint64_t>(row.integer(1))}));
    }
    return {};
  }
  return each_page(kAll, kRowsAtOnce, Values().bind(std::int64_t{0}), [&](const Row& row) -> Result<Values> {
    SHOMEI_TRY(auto known, read_certificate(row));
    SHOMEI_CHECK(each(std::move(known.record)));
    return Values().bind(known.number);
  });
}

}  // namespace shomei::store::postgres
