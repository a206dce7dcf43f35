#include "store/postgres/filling.h"

#include <libpq-fe.h>

#include <map>

#include "crypto/random.h"
#include "store/postgres/connection.h"
#include "store/postgres/copy.h"
#include "store/postgres/marks.h"
#include "store/postgres/open.h"

namespace shomei::store::postgres {
namespace {

using journal::PartKind;

constexpr int kBinary = 1;
constexpr std::size_t kMarkBytes = 16;  // as rows.cc writes them
constexpr unsigned kTileIndexBits = 56;
constexpr std::size_t kFullTileBytes = journal::kTileHashes * 32;

// Building indexes is sorting; nobody else writes.
constexpr const char* kBegin =
    "SET client_min_messages = warning; SET statement_timeout = 0; SET lock_timeout = '10s';"
    " SET idle_in_transaction_session_timeout = 0; BEGIN; SET LOCAL maintenance_work_mem = '1GB'";
constexpr const char* kLockHead =
    "SELECT size, last_recorded_at, checkpoint, certificates FROM head FOR UPDATE";
// Over what is random. Those of primary keys stay: numbers rise, and residents come in their order.
constexpr const char* kRandomIndexes =
    "SELECT indexname, pg_get_indexdef(format('%I.%I', schemaname, indexname)::regclass) FROM pg_indexes"
    " WHERE schemaname = current_schema() AND indexname IN ('certificate_serial', 'certificate_resident',"
    " 'certificate_key', 'certificate_office', 'resident_name', 'card_holder')";
constexpr const char* kPutTile =
    "INSERT INTO tile (number, hashes) VALUES ($1, $2)"
    " ON CONFLICT (number) DO UPDATE SET hashes = excluded.hashes";
constexpr const char* kPutHead =
    "UPDATE head SET size = $1, last_recorded_at = $2, checkpoint = $3, certificates = $4, mark = $5";
constexpr const char* kSpace =
    "WITH made AS (INSERT INTO serial_space (name) VALUES ($1) ON CONFLICT (name) DO NOTHING RETURNING "
    "number)"
    " SELECT number FROM made UNION ALL SELECT number FROM serial_space WHERE name = $1";

std::optional<std::int64_t> seconds_of(const std::optional<Instant>& at) {
  return at ? std::optional<std::int64_t>(at->time_since_epoch().count()) : std::nullopt;
}
std::optional<std::string> text_of(const std::optional<Date>& day) {
  return day ? std::optional(format_date(*day)) : std::nullopt;
}
std::int64_t tile_number(unsigned level, std::uint64_t index) {
  return static_cast<std::int64_t>(std::uint64_t{level} << kTileIndexBits | index);
}

// One session, in one transaction.
class Session {
 public:
  // `address` is borrowed and outlives the session.
  static Result<std::unique_ptr<Session>> open(const Address& address) {
    SHOMEI_TRY(auto connection, Connection::open(address, Connection::Purpose::writing));
    SHOMEI_CHECK(expect_fit_to_write(*connection, address));
    return std::unique_ptr<Session>(new Session(address, std::move(connection)));
  }

  Result<Answer> run(const char* sql) {
    Answer answer(PQexec(handle_, sql));
    return checked(std::move(answer));
  }
  Result<Answer> ask(const char* sql, const Values& values) {
    const auto pointers = values.pointers();
    const auto lengths = values.lengths();
    const std::vector<int> binary(values.count(), kBinary);
    return checked(Answer(PQexecParams(handle_, sql, static_cast<int>(values.count()), nullptr,
                                       pointers.data(), lengths.data(), binary.data(), kBinary)));
  }
  Result<void> copy(const std::string& into, Copy& rows) {
    if (rows.empty()) return {};
    const Answer begun(PQexec(handle_, ("COPY " + into + " FROM STDIN (FORMAT binary)").c_str()));
    if (PQresultStatus(begun.result()) != PGRES_COPY_IN) return failed();
    const auto data = rows.finished();
    if (PQputCopyData(handle_, data.data(), static_cast<int>(data.size())) != 1 ||
        PQputCopyEnd(handle_, nullptr) != 1)
      return failed();
    SHOMEI_CHECK(checked(Answer(PQgetResult(handle_))));
    while (Answer(PQgetResult(handle_)).result() != nullptr) continue;
    return {};
  }

 private:
  Session(const Address& address, std::unique_ptr<Connection> connection)
      : address_(address), connection_(std::move(connection)), handle_(connection_->bare()) {}
  Result<Answer> checked(Answer answer) const {
    const auto status = PQresultStatus(answer.result());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) return failed();
    return answer;
  }
  Error failed() const {
    return unavailable("store_unavailable", {{"path", address_.shown()},
                                             {"what", address_.without_secrets(PQerrorMessage(handle_))}});
  }
  const Address& address_;
  std::unique_ptr<Connection> connection_;
  PGconn* handle_;  // the connection's
};

class PostgresFilling final : public Filling {
 public:
  explicit PostgresFilling(Address address) : address_(std::move(address)) {}

  Result<void> begin() {
    SHOMEI_TRY(session_, Session::open(address_));
    SHOMEI_CHECK(session_->run(kBegin));
    SHOMEI_TRY(const auto row, session_->ask(kLockHead, {}));
    if (row.rows() != 1) return internal("store_row_broken", {{"what", "the head"}});
    const Row head(row, 0);
    head_ = {static_cast<std::uint64_t>(head.integer(0)),
             InstantMs{std::chrono::milliseconds{head.integer(1)}}, head.text(2)};
    certificates_ = head.integer(3);
    SHOMEI_TRY(const auto indexes, session_->ask(kRandomIndexes, {}));
    for (int i = 0; i < indexes.rows(); ++i) {
      indexes_.push_back(Row(indexes, i).text(1));
      SHOMEI_CHECK(session_->run(("DROP INDEX " + Row(indexes, i).text(0)).c_str()));
    }
    return {};
  }

  Result<journal::Head> head() override { return head_; }

  Result<std::optional<Bytes>> tile(unsigned level, std::uint64_t index) override {
    Values values;
    values.bind(tile_number(level, index));
    SHOMEI_TRY(const auto answer, session_->ask("SELECT hashes FROM tile WHERE number = $1", values));
    return answer.rows() == 0 ? std::optional<Bytes>{} : std::optional(Row(answer, 0).blob(0));
  }

  Result<void> put_residents(std::span<const residents::Resident> residents) override {
    Copy rows(14);
    for (const auto& r : residents) {
      const auto& abroad = r.moving_abroad;
      rows.add(r.id.text())
          .add(r.name)
          .add(r.address)
          .add(residents::name(r.gender))
          .add(format_date(r.born));
      rows.add(residents::name(r.status)).add(text_of(r.period_of_stay_ends)).add(std::int64_t{r.adult_ward});
      rows.add(r.municipality).add(r.registered_domicile).add(text_of(r.died)).add(text_of(r.left_register));
      rows.add(abroad ? text_of(abroad->planned) : std::nullopt);
      rows.add(abroad ? std::optional<std::int64_t>(abroad->continued_use) : std::nullopt);
    }
    return session_->copy(
        "resident (id, name, address, gender, born, status, period_of_stay_ends, adult_ward, municipality,"
        " registered_domicile, died, left_register, moving_abroad_planned, moving_abroad_continued_use)",
        rows);
  }

  Result<void> put_cards(std::span<const residents::CardRecord> cards) override {
    Copy rows(5);
    for (const auto& card : cards)
      rows.add(card.id.text())
          .add(card.holder.text())
          .add(residents::name(card.kind))
          .add(format_date(card.valid_until))
          .add(residents::name(card.state));
    return session_->copy("card (id, holder, kind, valid_until, state)", rows);
  }

  Result<void> put_issues(std::span<const FilledIssue> issues) override {
    Copy certificates(17), states(5), ders(2), requests(4), entries(5), private_parts(5);
    for (const auto& issue : issues) {
      const std::int64_t number = ++certificates_;
      const auto& c = issue.certificate;
      SHOMEI_TRY(const auto space, number_of_space(c.serial_space));
      add(certificates, number, space, c);
      states.add(number).add(journal::name(c.state)).add_boolean(c.delivered).add(seconds_of(c.revoked_at));
      states.add(c.reason ? std::optional<std::int64_t>(static_cast<std::uint8_t>(*c.reason)) : std::nullopt);
      ders.add(number).add(c.der);
      requests.add(issue.request.request.text()).add(issue.request.act.text());
      requests.add(ByteView(issue.request.content)).add(issue.request.answer);
      for (const auto& stored : issue.entries) add(entries, private_parts, stored);
    }
    SHOMEI_CHECK(session_->copy(
        "certificate (number, serial_space, serial, authority, kind, resident, resident_mark, card, carrier,"
        " predecessor, office, partition, act, not_before, not_after, key, key_mark)",
        certificates));
    SHOMEI_CHECK(session_->copy("certificate_state (number, state, delivered, revoked_at, reason)", states));
    SHOMEI_CHECK(session_->copy("certificate_der (number, der)", ders));
    SHOMEI_CHECK(session_->copy("request (id, act, content, answer)", requests));
    SHOMEI_CHECK(session_->copy("journal (sequence, act, entry, status_salt, status_body)", entries));
    return session_->copy("private_part (sequence, person_salt, person_body, operator_salt, operator_body)",
                          private_parts);
  }

  // What is at the tree's edge is written once, in the end.
  Result<void> put_tiles(std::span<const journal::TreeEdge::Tile> tiles) override {
    for (const auto& tile : tiles) {
      const auto number = tile_number(tile.level, tile.index);
      if (tile.hashes.size() < kFullTileBytes) {
        edge_[number] = tile.hashes;
        continue;
      }
      edge_.erase(number);
      SHOMEI_CHECK(put_tile(number, tile.hashes));
    }
    return {};
  }

  Result<void> finish(const journal::Head& head) override {
    for (const auto& [number, hashes] : edge_) SHOMEI_CHECK(put_tile(number, hashes));
    for (const auto& definition : indexes_) SHOMEI_CHECK(session_->run(definition.c_str()));
    Values values;
    values.bind(static_cast<std::int64_t>(head.size))
        .bind(std::int64_t{head.last_recorded_at.time_since_epoch().count()})
        .bind(head.checkpoint)
        .bind(certificates_)
        .bind(crypto::random_bytes(kMarkBytes));
    SHOMEI_CHECK(session_->ask(kPutHead, values));
    SHOMEI_CHECK(session_->run("COMMIT"));
    // As the server does by itself when much has changed.
    SHOMEI_CHECK(session_->run("ANALYZE"));
    return {};
  }

 private:
  static void add(Copy& to, std::int64_t number, std::int64_t space, const journal::CertificateRecord& c) {
    to.add(number).add(space).add(c.serial.magnitude()).add(c.authority).add(pki::name(c.kind));
    to.add(c.resident.text())
        .add(mark_of(c.resident.text()))
        .add(c.card.text())
        .add(journal::name(c.carrier));
    to.add(c.predecessor ? std::optional<Bytes>(c.predecessor->magnitude()) : std::nullopt);
    to.add(c.office.text()).add(c.partition).add(c.act.text());
    to.add(std::int64_t{c.not_before.time_since_epoch().count()});
    to.add(std::int64_t{c.not_after.time_since_epoch().count()}).add(ByteView(c.key)).add(mark_of(c.key));
  }

  static void add(Copy& entries, Copy& private_parts, const journal::StoredEntry& stored) {
    const auto part = [&](Copy& to, PartKind kind) {
      const auto& p = stored.parts[static_cast<std::size_t>(kind)];
      p ? to.add(ByteView(p->salt)).add(p->body) : to.add_null().add_null();
    };
    const auto sequence = static_cast<std::int64_t>(stored.entry.sequence);
    entries.add(sequence).add(stored.entry.act.text()).add(journal::encode_entry(stored.entry));
    part(entries, PartKind::status);
    private_parts.add(sequence);
    part(private_parts, PartKind::person);
    part(private_parts, PartKind::officer);
  }

  Result<void> put_tile(std::int64_t number, ByteView hashes) {
    SHOMEI_CHECK(session_->ask(kPutTile, Values().bind(number).bind(hashes)));
    return {};
  }

  Result<std::int64_t> number_of_space(const std::string& name) {
    if (const auto known = spaces_.find(name); known != spaces_.end()) return known->second;
    SHOMEI_TRY(const auto answer, session_->ask(kSpace, Values().bind(name)));
    if (answer.rows() != 1) return internal("store_row_broken", {{"what", "a serial space"}});
    return spaces_[name] = Row(answer, 0).integer(0);
  }

  Address address_;
  std::unique_ptr<Session> session_;
  journal::Head head_;
  std::int64_t certificates_ = 0;       // the last number that was given
  std::vector<std::string> indexes_;    // definitions of those that were taken away
  std::map<std::int64_t, Bytes> edge_;  // tiles that are not full
  std::map<std::string, std::int64_t> spaces_;
};

}  // namespace

Result<std::unique_ptr<Filling>> fill_database(Address address) {
  auto filling = std::make_unique<PostgresFilling>(std::move(address));
  SHOMEI_CHECK(filling->begin());
  return std::unique_ptr<Filling>(std::move(filling));
}

}  // namespace shomei::store::postgres
