#include "base/check.h"
#include "store/postgres/columns.h"
#include "store/postgres/marks.h"
#include "store/postgres/rows.h"

namespace shomei::store::postgres {
namespace {

using journal::BlockedKey;
using journal::CrlRecord;
using journal::RequestRecord;

constexpr Statement kFindRequest{"find_request",
                                 "SELECT id, act, content, answer FROM request WHERE id = $1"};
constexpr Statement kKeyUsed{"key_used",
                             "SELECT 1 FROM certificate WHERE key_mark = $1 AND key = $2 LIMIT 1"};
constexpr Statement kInsertBlocked{
    "insert_blocked",
    "INSERT INTO blocked_key (key, act, cause) VALUES ($1, $2, $3) ON CONFLICT (key) DO NOTHING"};
constexpr Statement kFindBlocked{"find_blocked", "SELECT key, act, cause FROM blocked_key WHERE key = $1"};
constexpr Statement kListBlocked{
    "list_blocked", "SELECT key, act, cause FROM blocked_key WHERE key > $1 ORDER BY key LIMIT $2"};
constexpr Statement kInsertCrl{"insert_crl",
                               "INSERT INTO crl (authority, number, this_update, next_update, der)"
                               " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (authority, number) DO NOTHING"};
constexpr Statement kLatestCrl{"latest_crl",
                               "SELECT authority, number, this_update, next_update, der FROM crl"
                               " WHERE authority = $1 ORDER BY number DESC LIMIT 1"};
constexpr Statement kLatestCrlNumber{
    "latest_crl_number", "SELECT number FROM crl WHERE authority = $1 ORDER BY number DESC LIMIT 1"};
constexpr Statement kLatestCrls{"latest_crls",
                                "SELECT DISTINCT ON (authority) authority, number, this_update, next_update,"
                                " ''::bytea FROM crl ORDER BY authority, number DESC"};
constexpr Statement kRemoveCrls{"remove_crls", "DELETE FROM crl WHERE authority = $1 AND number < $2"};

constexpr Statement kAllRequests{
    "requests_all", "SELECT id, act, content, answer FROM request WHERE id > $1 ORDER BY id LIMIT $2"};
constexpr Statement kAllBlocked{
    "blocked_all", "SELECT key, act, cause FROM blocked_key WHERE key > $1 ORDER BY key LIMIT $2"};
constexpr Statement kAllCrls{"crls_all",
                             "SELECT authority, number, this_update, next_update, der FROM crl"
                             " WHERE (authority, number) > ($1, $2) ORDER BY authority, number LIMIT $3"};
constexpr std::int64_t kCrlsAtOnce = 4;  // a list may be of megabytes

Result<BlockedKey> read_blocked_key(const Row& row) {
  BlockedKey blocked;
  SHOMEI_TRY(blocked.key, array_in<32>(row, 0));
  SHOMEI_TRY(blocked.act, id_in<ActId>(row, 1));
  blocked.cause = row.text(2);
  return blocked;
}

Result<RequestRecord> read_request(const Row& row) {
  RequestRecord request;
  SHOMEI_TRY(request.request, id_in<RequestId>(row, 0));
  SHOMEI_TRY(request.act, id_in<ActId>(row, 1));
  SHOMEI_TRY(request.content, array_in<32>(row, 2));
  request.answer = row.blob(3);
  return request;
}

Result<CrlRecord> read_crl(const Row& row) {
  return CrlRecord{row.text(0), static_cast<std::uint64_t>(row.integer(1)), instant_in(row, 2),
                   instant_in(row, 3), row.blob(4)};
}

Result<std::uint64_t> read_number(const Row& row) {
  return static_cast<std::uint64_t>(row.integer(0));
}

}  // namespace

void PostgresRows::ask_request(const RequestId& id) {
  if (known_.requests.contains(id)) return;
  ask(kFindRequest, Values().bind(id.text()), [this, id](const Answer& answer) -> Result<void> {
    SHOMEI_TRY(known_.requests[id], first_of(answer, read_request));
    return {};
  });
}

Result<std::optional<RequestRecord>> PostgresRows::find_request(const RequestId& id) {
  forget_if_reader();
  if (is_pending(Pending::of_request(id))) queue_pending();
  ask_request(id);
  SHOMEI_CHECK(take());
  return known_.requests[id];
}

Result<void> PostgresRows::insert(const RequestRecord& request) {
  SHOMEI_TRY(const auto first, find_request(request.request));
  if (first)
    return conflict("request_exists", {{"request", request.request.text()}, {"act", first->act.text()}});
  pending().put_request(request);
  known_.requests[request.request] = request;
  return {};
}

Result<void> PostgresRows::insert(const BlockedKey& key) {
  known_.keys.erase(key.key);
  Values values;
  values.bind(ByteView(key.key)).bind(key.act.text()).bind(key.cause);
  return change_one(kInsertBlocked, values, conflict("key_blocked_already", {{"key", to_hex(key.key)}}));
}

// Whether it was used and whether it is blocked: who asks the one asks the other.
void PostgresRows::ask_key(const journal::Sha256& key) {
  if (known_.keys.contains(key)) return;
  Values used, blocked;
  used.bind(mark_of(key)).bind(ByteView(key));
  blocked.bind(ByteView(key));
  ask(kKeyUsed, used, [this, key](const Answer& answer) -> Result<void> {
    known_.keys[key].used = answer.rows() > 0;
    return {};
  });
  ask(kFindBlocked, blocked, [this, key](const Answer& answer) -> Result<void> {
    SHOMEI_TRY(known_.keys[key].blocked, first_of(answer, read_blocked_key));
    return {};
  });
}

Result<bool> PostgresRows::key_used(const journal::Sha256& key) {
  forget_if_reader();
  if (is_pending(Pending::of_key(key))) return true;
  ask_key(key);
  SHOMEI_CHECK(take());
  return known_.keys[key].used;
}

Result<std::optional<BlockedKey>> PostgresRows::find_blocked_key(const journal::Sha256& key) {
  forget_if_reader();
  ask_key(key);
  SHOMEI_CHECK(take());
  return known_.keys[key].blocked;
}

Result<std::vector<BlockedKey>> PostgresRows::list_blocked_keys(const journal::Page& page) {
  SHOMEI_TRY(const auto after, from_hex(page.after));
  Values values;
  values.bind(after).bind(static_cast<std::int64_t>(page.count));
  SHOMEI_TRY(const auto answer, read(kListBlocked, values));
  return all_of(answer, read_blocked_key);
}

Result<void> PostgresRows::insert(const CrlRecord& crl) {
  SHOMEI_INVARIANT(crl.number <= static_cast<std::uint64_t>(INT64_MAX));
  Values values;
  values.bind(crl.name).bind(static_cast<std::int64_t>(crl.number)).bind(seconds(crl.this_update));
  values.bind(seconds(crl.next_update)).bind_borrowed(crl.der);
  return change_one(
      kInsertCrl, values,
      conflict("crl_exists", {{"authority", crl.name}, {"number", std::to_string(crl.number)}}));
}

Result<std::optional<CrlRecord>> PostgresRows::latest_crl(const std::string& name) {
  SHOMEI_TRY(const auto answer, read(kLatestCrl, Values().bind(name)));
  return first_of(answer, read_crl);
}

Result<std::uint64_t> PostgresRows::latest_crl_number(const std::string& name) {
  SHOMEI_TRY(const auto answer, read(kLatestCrlNumber, Values().bind(name)));
  SHOMEI_TRY(const auto number, first_of(answer, read_number));
  return number.value_or(0);
}

Result<std::vector<CrlRecord>> PostgresRows::latest_crls() {
  SHOMEI_TRY(const auto answer, read(kLatestCrls, Values()));
  return all_of(answer, read_crl);
}

Result<void> PostgresRows::remove_crls_before(const std::string& name, std::uint64_t number) {
  SHOMEI_INVARIANT(number <= static_cast<std::uint64_t>(INT64_MAX));
  SHOMEI_CHECK(change(kRemoveCrls, Values().bind(name).bind(static_cast<std::int64_t>(number))));
  return {};
}

Result<void> PostgresRows::each_of_requests(journal::RowKind kind, const EachRow& each) {
  if (kind == journal::RowKind::request)
    return each_page(kAllRequests, kRowsAtOnce, Values().bind(""), [&](const Row& row) -> Result<Values> {
      SHOMEI_TRY(auto request, read_request(row));
      SHOMEI_CHECK(each(request));
      return Values().bind(request.request.text());
    });
  if (kind == journal::RowKind::blocked_key)
    return each_page(kAllBlocked, kRowsAtOnce, Values().bind(Bytes{}), [&](const Row& row) -> Result<Values> {
      SHOMEI_TRY(auto key, read_blocked_key(row));
      SHOMEI_CHECK(each(key));
      return Values().bind(ByteView(key.key));
    });
  const auto none = Values().bind("").bind(std::int64_t{-1});
  return each_page(kAllCrls, kCrlsAtOnce, none, [&](const Row& row) -> Result<Values> {
    SHOMEI_TRY(auto crl, read_crl(row));
    SHOMEI_CHECK(each(crl));
    return Values().bind(crl.name).bind(static_cast<std::int64_t>(crl.number));
  });
}

}  // namespace shomei::store::postgres
