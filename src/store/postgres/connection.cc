#include "store/postgres/connection.h"

#include <poll.h>

#include <algorithm>
#include <array>

#include "base/check.h"

namespace shomei::store::postgres {
namespace {

constexpr int kBinary = 1;

// Plans go by indexes whatever the statistics say: they are the same on an empty store and on one of ten
// million rows, and nobody waits for the moment at which the server has counted its rows.
constexpr const char* kSession =
    "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_bitmapscan = off;"
    " SET enable_hashjoin = off; SET enable_mergejoin = off; SET jit = off; SET client_min_messages = "
    "warning;"
    " SET default_transaction_isolation = 'read committed'; SET bytea_output = hex;"
    " SET lock_timeout = '10s'; ";
// A writer that stands still holds everybody up, and a hold may wait for long.
constexpr std::array<const char*, 3> kTimeouts{
    "SET statement_timeout = '60s'; SET idle_in_transaction_session_timeout = '30s'",
    "SET statement_timeout = '60s'; SET idle_in_transaction_session_timeout = '15min'",
    "SET statement_timeout = 0; SET lock_timeout = 0; SET idle_session_timeout = 0"};

struct CodeOfState {
  std::string_view state;  // an SQLSTATE, or its class
  Error (*error)(Parameters);
};
// PostgreSQL 15, appendix A.
constexpr CodeOfState kStates[] = {
    {"53100", [](Parameters p) { return unavailable("store_full", std::move(p)); }},
    {"53300", [](Parameters p) { return unavailable("store_busy", std::move(p)); }},  // too many connections
    {"55P03", [](Parameters p) { return unavailable("store_busy", std::move(p)); }},  // lock_timeout
    {"57014", [](Parameters p) { return unavailable("store_busy", std::move(p)); }},  // statement_timeout
    {"40", [](Parameters p) { return unavailable("store_busy", std::move(p)); }},     // deadlock, …
    {"25006", [](Parameters p) { return unavailable("store_standby", std::move(p)); }},
    {"XX001", [](Parameters p) { return unavailable("store_broken", std::move(p)); }},
    {"XX002", [](Parameters p) { return unavailable("store_broken", std::move(p)); }},
    {"08", [](Parameters p) { return unavailable("store_unavailable", std::move(p)); }},
    {"25P03", [](Parameters p) { return unavailable("store_unavailable", std::move(p)); }},
    {"28", [](Parameters p) { return unavailable("store_unavailable", std::move(p)); }},
    {"42501", [](Parameters p) { return unavailable("store_unavailable", std::move(p)); }},  // no right to
    {"53", [](Parameters p) { return unavailable("store_unavailable", std::move(p)); }},
    {"57", [](Parameters p) { return unavailable("store_unavailable", std::move(p)); }},
    {"58", [](Parameters p) { return unavailable("store_unavailable", std::move(p)); }},
};

}  // namespace

Result<std::unique_ptr<Connection>> Connection::open(const Address& address, Purpose purpose) {
  const auto keywords = address.keywords();
  std::vector<const char*> names, values;
  std::vector<std::string> kept;  // libpq wants an end after each
  kept.reserve(keywords.size());
  for (const auto& [name, value] : keywords) {
    names.push_back(name.c_str());
    values.push_back(kept.emplace_back(value.reveal_text()).c_str());
  }
  // Of several hosts, the one that takes writes; who reads must see what was written last, too, and a standby
  // may be behind.
  const bool chosen = std::ranges::find(names, std::string_view("target_session_attrs")) != names.end();
  if (address.names_several_hosts() && !chosen) {
    names.push_back("target_session_attrs");
    values.push_back(purpose == Purpose::reading ? "primary" : "read-write");
  }
  names.push_back(nullptr);
  values.push_back(nullptr);
  std::unique_ptr<Connection> connection(
      new Connection(address, PQconnectdbParams(names.data(), values.data(), 0)));
  for (auto& value : kept) explicit_bzero(value.data(), value.size());
  SHOMEI_CHECK(connection->set_up(purpose));
  return connection;
}

Result<void> Connection::set_up(Purpose purpose) {
  if (!handle_) return unavailable_because("out of memory");
  if (PQstatus(handle_.get()) != CONNECTION_OK)
    return unavailable_because(address_.without_secrets(PQerrorMessage(handle_.get())));
  const auto take_notice = [](void* connection, const PGresult*) {
    static_cast<Connection*>(connection)->warned_ = true;
  };
  PQsetNoticeReceiver(handle_.get(), take_notice, this);
  SHOMEI_CHECK(run_script((std::string(kSession) + kTimeouts[static_cast<std::size_t>(purpose)]).c_str()));
  return {};
}

Result<void> Connection::run_script(const char* sql) {
  SHOMEI_INVARIANT(queued_.empty());
  if (PQpipelineStatus(handle_.get()) != PQ_PIPELINE_OFF) PQexitPipelineMode(handle_.get());
  const Answer answer(PQexec(handle_.get(), sql));
  const auto status = PQresultStatus(answer.result());
  failed_ = status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK;
  if (failed_) return error(answer.result());
  PQenterPipelineMode(handle_.get());
  return {};
}

PGconn* Connection::bare() {
  SHOMEI_INVARIANT(queued_.empty());
  PQexitPipelineMode(handle_.get());
  return handle_.get();
}

void Connection::queue(const Statement& statement, const Values& values) {
  const auto pointers = values.pointers();
  const auto lengths = values.lengths();
  const std::vector<int> formats(pointers.size(), kBinary);
  const int count = static_cast<int>(pointers.size());
  // What cannot be queued is noticed by settle(): the connection is gone.
  if (prepared_.insert(&statement).second) {
    failed_ |= PQsendPrepare(handle_.get(), statement.name, statement.sql, 0, nullptr) != 1;
    queued_.push_back(false);
  }
  failed_ |= PQsendQueryPrepared(handle_.get(), statement.name, count, pointers.data(), lengths.data(),
                                 formats.data(), kBinary) != 1;
  queued_.push_back(true);
}

Result<std::vector<Answer>> Connection::settle() {
  const auto queued = std::exchange(queued_, {});
  std::vector<Answer> answers;
  warned_ = false;
  if (failed_ || PQpipelineSync(handle_.get()) != 1) {
    failed_ = true;
    return error(nullptr);
  }
  std::size_t place = 0;
  std::optional<Error> failure;
  bool between = false;  // the answers of two statements
  while (true) {
    Answer answer(PQgetResult(handle_.get()));
    if (!answer.result()) {
      // Of a session that was thrown out libpq may say nothing any more, and not that it is gone.
      if (between || PQstatus(handle_.get()) == CONNECTION_BAD) {
        if (!failure) failure = error(nullptr);
        break;
      }
      between = true;
      ++place;
      continue;
    }
    between = false;
    const auto status = PQresultStatus(answer.result());
    if (status == PGRES_PIPELINE_SYNC) break;
    const bool good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    if (!good && !failure) failure = error(answer.result());
    if (good && place < queued.size() && queued[place]) answers.push_back(std::move(answer));
  }
  failed_ = failure.has_value();
  if (failure) return *std::move(failure);
  return answers;
}

Result<Answer> Connection::ask(const Statement& statement, const Values& values) {
  queue(statement, values);
  SHOMEI_TRY(auto answers, settle());
  SHOMEI_INVARIANT(!answers.empty());
  return std::move(answers.back());
}

// The server closes a session with a word: there is something to read on a session that nobody has asked.
bool Connection::lost() const {
  if (!usable()) return true;
  pollfd socket{PQsocket(handle_.get()), POLLIN, 0};
  while (poll(&socket, 1, 0) > 0)
    if (PQconsumeInput(handle_.get()) != 1 || PQstatus(handle_.get()) != CONNECTION_OK) return true;
  return false;
}

std::string Connection::told(const char* name) const {
  const char* value = PQparameterStatus(handle_.get(), name);
  return value ? value : "";
}

Error Connection::unavailable_because(std::string what) const {
  return unavailable("store_unavailable", {{"path", address_.shown()}, {"what", std::move(what)}});
}

// The server's first sentence and no more: its details may quote rows.
Error Connection::error(const PGresult* result) const {
  const char* state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
  const char* sentence = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : nullptr;
  if (!state) {
    const std::string_view message =
        result && sentence ? sentence : std::string_view(PQerrorMessage(handle_.get()));
    return unavailable_because(message.empty() ? "the connection was lost"
                                               : address_.without_secrets(message));
  }
  Parameters p{{"path", address_.shown()}, {"what", address_.without_secrets(sentence ? sentence : state)}};
  for (const auto& known : kStates)
    if (std::string_view(state).starts_with(known.state)) return known.error(std::move(p));
  return internal("store_misused", std::move(p));
}

}  // namespace shomei::store::postgres
