#include "store/sqlite/bring_forward.h"

#include <optional>

#include "journal/entry.h"
#include "journal/part.h"
#include "journal/tiles.h"
#include "pki/certificate.h"
#include "store/sqlite/columns.h"

namespace shomei::store {
namespace {

namespace field = journal::field;

// Of what was signed, or of what the act meant to sign; of neither, zeros (no key has that digest).
crypto::Sha256 key_of(ByteView certificate, ByteView person_of_intent) {
  if (!certificate.empty()) {
    if (const auto parsed = pki::parse_certificate(certificate))
      return crypto::sha256(parsed->tbs.key.spki());
  } else if (const auto fields = journal::parse_fields(person_of_intent)) {
    if (const auto tbs = fields->find(field::kTbsCertificate); tbs != fields->end())
      if (const auto parsed = pki::parse_tbs(tbs->second)) return crypto::sha256(parsed->key.spki());
  }
  return {};
}

Result<void> fill_certificates(Database& database) {
  SHOMEI_TRY(auto rows, database.prepare(
                            "SELECT c.number, c.resident, c.der, (SELECT p.person_body FROM private_part AS p"
                            " JOIN journal_2 AS j ON j.sequence = p.sequence WHERE j.act = c.act"
                            " ORDER BY j.sequence LIMIT 1) FROM certificate AS c ORDER BY c.number"));
  while (true) {
    SHOMEI_TRY(const bool found, rows.step());
    if (!found) return {};
    const auto key = key_of(rows.blob(2), rows.blob(3));
    SHOMEI_TRY(
        auto copy,
        database.prepare("INSERT INTO certificate_2 SELECT number, serial_space, serial, authority, kind,"
                         " resident, ?2, card, carrier, predecessor, office, partition, act, not_before,"
                         " not_after, state, delivered, revoked_at, reason, ?3, ?4 FROM certificate"
                         " WHERE number = ?1"));
    copy.bind(rows.integer(0)).bind(mark_of(rows.text(1))).bind(ByteView(key)).bind(mark_of(key));
    SHOMEI_CHECK(copy.run());
  }
}

Result<void> fill_about(Database& database, std::int64_t sequence, ByteView person) {
  const auto fields = journal::parse_fields(person);
  if (!fields) return {};
  const std::string resident = journal::text(*fields, field::kResident);
  if (resident.empty()) return {};
  SHOMEI_TRY(auto put, database.prepare("INSERT INTO entry_about (resident_mark, sequence, resident)"
                                        " VALUES (?, ?, ?)"));
  return put.bind(mark_of(resident)).bind(sequence).bind(resident).run();
}

Result<void> put_tiles(Database& database, journal::TreeEdge& edge) {
  for (const auto& tile : edge.take_changes()) {
    SHOMEI_TRY(auto put, database.prepare("INSERT INTO tile (number, hashes) VALUES (?, ?)"
                                          " ON CONFLICT (number) DO UPDATE SET hashes = excluded.hashes"));
    const auto number = static_cast<std::int64_t>(std::uint64_t{tile.level} << 56U | tile.index);
    SHOMEI_CHECK(put.bind(number).bind(tile.hashes).run());
  }
  return {};
}

Result<void> fill_head(Database& database, const std::optional<journal::Entry>& last) {
  if (!last) return {};
  SHOMEI_TRY(auto put, database.prepare("INSERT INTO head (only, size, last_recorded_at, checkpoint)"
                                        " SELECT 1, ?, ?, note FROM checkpoint"));
  return put.bind(static_cast<std::int64_t>(last->sequence + 1))
      .bind(std::int64_t{last->recorded_at.time_since_epoch().count()})
      .run();
}

Result<void> fill_from_journal(Database& database) {
  journal::TreeEdge edge;
  std::optional<journal::Entry> last;
  SHOMEI_TRY(auto rows,
             database.prepare("SELECT j.sequence, j.entry, p.person_body, EXISTS (SELECT 1 FROM certificate_2"
                              " AS c WHERE c.act = j.act) FROM journal_2 AS j LEFT JOIN private_part AS p"
                              " ON p.sequence = j.sequence ORDER BY j.sequence"));
  while (true) {
    SHOMEI_TRY(const bool found, rows.step());
    if (!found) break;
    auto entry = journal::parse_entry(rows.blob(1));
    if (!entry) return row_broken("the entry number " + std::to_string(rows.integer(0)));
    edge.add(journal::leaf_hash(rows.blob(1)));
    last = *std::move(entry);
    if (rows.integer(3) == 0) SHOMEI_CHECK(fill_about(database, rows.integer(0), rows.blob(2)));
  }
  SHOMEI_CHECK(put_tiles(database, edge));
  return fill_head(database, last);
}

}  // namespace

// Each certificate looks for its act's entries, and each entry for its act's certificates: the indexes by
// which they are found go when that is done.
Result<void> fill_second_form(Database& database) {
  SHOMEI_CHECK(database.execute("CREATE INDEX journal_2_act ON journal_2 (act)"));
  SHOMEI_CHECK(fill_certificates(database));
  SHOMEI_CHECK(database.execute("CREATE INDEX certificate_2_act ON certificate_2 (act)"));
  SHOMEI_CHECK(fill_from_journal(database));
  return database.execute("DROP INDEX journal_2_act; DROP INDEX certificate_2_act");
}

}  // namespace shomei::store
