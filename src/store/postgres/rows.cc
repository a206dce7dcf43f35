#include "store/postgres/rows.h"

#include "base/check.h"
#include "crypto/random.h"
#include "store/postgres/retired.h"

namespace shomei::store::postgres {
namespace {

constexpr std::size_t kPendingBytesMax = 8 * 1024 * 1024;
constexpr std::size_t kMarkBytes = 16;
// Residents about whom a transaction remembers what it was answered.
constexpr std::size_t kKnownMax = 4096;

constexpr Statement kBeginRead{"begin_read", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"};
constexpr Statement kBeginWrite{"begin_write", "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"};
constexpr Statement kCommit{"commit", "COMMIT"};
constexpr Statement kNotify{"notify", "NOTIFY shomei_head"};  // watch.cc listens; told at the commit
constexpr Statement kRollback{"rollback", "ROLLBACK"};
constexpr Statement kSavepoint{"savepoint", "SAVEPOINT act"};
constexpr Statement kRelease{"release", "RELEASE SAVEPOINT act"};
constexpr Statement kRollbackTo{"rollback_to", "ROLLBACK TO SAVEPOINT act"};
constexpr Statement kReadHead{"read_head", "SELECT size, last_recorded_at, checkpoint FROM head"};
constexpr Statement kLockHead{
    "lock_head",
    "SELECT size, last_recorded_at, checkpoint, certificates, repairs, mark FROM head FOR UPDATE"};
constexpr Statement kPutHead{"put_head",
                             "UPDATE head SET size = $1, last_recorded_at = $2, checkpoint = $3,"
                             " certificates = $4, mark = $5"};
constexpr Statement kTouchHead{"touch_head", "UPDATE head SET repairs = repairs"};
constexpr Statement kEntryBytes{"entry_bytes", "SELECT entry FROM journal WHERE sequence = $1"};

}  // namespace

// A reader's snapshot is of its first question; a writer's is the lock, which every other writer waits for.
Result<void> PostgresRows::begin(std::unique_ptr<Connection> connection) {
  const bool writes = access_ == journal::Access::write;
  connection->queue(writes ? kBeginWrite : kBeginRead);
  SHOMEI_TRY(const auto answer, connection->ask(writes ? kLockHead : kReadHead));
  if (answer.rows() != 1) return internal("store_row_broken", {{"what", "the head"}});
  const Row row(answer, 0);
  now_.head = {static_cast<std::uint64_t>(row.integer(0)),
               InstantMs{std::chrono::milliseconds{row.integer(1)}}, row.text(2)};
  now_.spaces = engine_.spaces_.get();
  if (writes) {
    now_.certificates = row.integer(3);
    SHOMEI_CHECK(engine_.expect_repairs(row.integer(4), *connection));
    mark_before_ = row.blob(5);
    if (const auto to = place_of_retired(mark_before_))
      return refused("store_moved", {{"path", engine_.address_.shown()}, {"to", *to}});
  }
  connection_ = std::move(connection);
  return {};
}

PostgresRows::~PostgresRows() {
  if (connection_ && connection_->usable()) {
    connection_->queue(kRollback);
    std::ignore = connection_->settle();  // one that cannot be brought to rest is not given back
  }
  leave();
}

// The next writer may come, also while this object still lives.
void PostgresRows::leave() {
  const bool writes = access_ == journal::Access::write;
  if (connection_)
    engine_.give_back(std::move(connection_),
                      writes ? Connection::Purpose::writing : Connection::Purpose::reading);
  if (!left_ && writes) engine_.writer_.release();
  left_ = true;
}

Pending& PostgresRows::pending() {
  SHOMEI_INVARIANT(access_ == journal::Access::write && connection_);
  return in_act_ ? act_ : settled_;
}

// In front of what an act sends stands a savepoint, and in front of that whatever ended before the act.
void PostgresRows::queue_pending(bool for_change) {
  sent_ = sent_ || for_change || !settled_.empty() || !act_.empty();
  settled_.queue_in(*connection_);
  if (in_act_ && !savepoint_ && (for_change || !act_.empty())) {
    connection_->queue(kSavepoint);
    savepoint_ = true;
  }
  act_.queue_in(*connection_);
}

Result<Answer> PostgresRows::read(const Statement& statement, const Values& values) {
  SHOMEI_INVARIANT(connection_ != nullptr);
  return connection_->ask(statement, values);
}

Result<Answer> PostgresRows::read_behind(std::string_view name, const Statement& statement,
                                         const Values& values) {
  SHOMEI_INVARIANT(connection_ != nullptr);
  if (is_pending(name)) queue_pending();
  return connection_->ask(statement, values);
}

Result<Answer> PostgresRows::read_behind_all(const Statement& statement, const Values& values) {
  SHOMEI_INVARIANT(connection_ != nullptr);
  queue_pending();
  return connection_->ask(statement, values);
}

void PostgresRows::ask(const Statement& statement, const Values& values, Taker taker) {
  SHOMEI_INVARIANT(connection_ != nullptr);
  connection_->queue(statement, values);
  takers_.push_back(std::move(taker));
}

Result<void> PostgresRows::take() {
  const auto takers = std::exchange(takers_, {});
  if (takers.empty()) return {};
  SHOMEI_TRY(const auto answers, connection_->settle());
  SHOMEI_INVARIANT(answers.size() >= takers.size());
  const std::size_t first = answers.size() - takers.size();  // in front stands what was written
  for (std::size_t i = 0; i < takers.size(); ++i) SHOMEI_CHECK(takers[i](answers[first + i]));
  return {};
}

void PostgresRows::forget_if_reader() {
  if (access_ == journal::Access::read) known_ = {};
}

Result<Answer> PostgresRows::change(const Statement& statement, const Values& values) {
  SHOMEI_INVARIANT(access_ == journal::Access::write && connection_);
  queue_pending(true);
  return connection_->ask(statement, values);
}

Result<void> PostgresRows::change_one(const Statement& statement, const Values& values, Error otherwise) {
  SHOMEI_TRY(const auto answer, change(statement, values));
  if (answer.changed() == 0) return otherwise;
  return {};
}

Result<void> PostgresRows::begin_act() {
  SHOMEI_INVARIANT(access_ == journal::Access::write && connection_ && !in_act_);
  in_act_ = true;
  savepoint_ = false;
  before_act_ = now_;
  if (known_.certificates.size() + known_.residents.size() > kKnownMax) known_ = {};
  return {};
}

Result<void> PostgresRows::end_act() {
  SHOMEI_INVARIANT(in_act_);
  if (savepoint_) connection_->queue(kRelease);
  settled_.take(act_);
  if (settled_.bytes() >= kPendingBytesMax) {
    queue_pending();
    SHOMEI_CHECK(connection_->settle());
  }
  // Where that fails the act has not ended: whoever began it calls undo_act(), as after any error.
  in_act_ = false;
  return {};
}

Result<void> PostgresRows::undo_act() {
  SHOMEI_INVARIANT(in_act_);
  in_act_ = false;
  act_.clear();
  known_ = {};
  now_ = before_act_;
  if (!connection_->usable()) return connection_->unavailable_because("an act cannot be taken back");
  if (!savepoint_) return {};
  connection_->queue(kRollbackTo);
  connection_->queue(kRelease);
  return {};
}

Result<void> PostgresRows::commit() {
  SHOMEI_INVARIANT(access_ == journal::Access::write && connection_ && !in_act_);
  LostCommit lost{mark_before_, crypto::random_bytes(kMarkBytes), now_.sequence, now_.entry};
  if (!retired_to_.empty()) lost.mark = mark_of_retired(retired_to_);
  queue_pending();
  if (sent_) {
    Values head;
    head.bind(static_cast<std::int64_t>(now_.head.size))
        .bind(std::int64_t{now_.head.last_recorded_at.time_since_epoch().count()})
        .bind(now_.head.checkpoint)
        .bind(now_.certificates)
        .bind(lost.mark);
    connection_->queue(kPutHead, head);
    connection_->queue(kNotify);
  }
  const auto answer = connection_->ask(kCommit);
  if (!answer) return lose(answer.error(), std::move(lost));
  // What the server had taken back already must not seem committed.
  if (answer->tag() != "COMMIT")
    return internal("store_misused",
                    {{"path", engine_.address_.shown()}, {"what", "the commit came too late"}});
  if (connection_->warned())
    return lose(connection_->unavailable_because("the standby has not confirmed"), std::move(lost));
  engine_.spaces_.learn(now_.spaces);
  leave();
  return {};
}

// The server may have committed before it, or the way to it, was gone.
Result<void> PostgresRows::lose(const Error& error, LostCommit lost) {
  connection_.reset();
  if (!sent_ || error.code != "store_unavailable") return error;
  SHOMEI_TRY(const bool committed, engine_.look_up(lost));
  if (!committed) return error;
  engine_.spaces_.learn(now_.spaces);
  leave();
  return {};
}

}  // namespace shomei::store::postgres

namespace shomei::store {

// With the head locked nobody is in the middle of a commit. Its mark is this commit's or the one before's; or
// others have committed since, and then the entry is there or not: no two have the same salts. That it is on
// this server does not make it durable where a standby has to have it as well: a commit behind it does.
Result<bool> PostgresEngine::look_up(const postgres::LostCommit& lost) {
  using namespace postgres;
  const auto unknown = [&] { return unavailable("store_commit_unknown", {{"path", address_.shown()}}); };
  auto connection = connect(Purpose::writing, kPatienceForCommits);
  if (!connection) return unknown();
  (*connection)->queue(kBeginWrite);
  const auto head = (*connection)->ask(kLockHead);
  if (!head || head->rows() != 1) return unknown();
  const Bytes mark = Row(*head, 0).blob(5);
  std::optional<bool> committed;
  if (mark == lost.mark) committed = true;
  if (mark == lost.mark_before) committed = false;
  if (!committed && lost.sequence) {
    const auto entry =
        (*connection)->ask(kEntryBytes, Values().bind(static_cast<std::int64_t>(*lost.sequence)));
    if (!entry) return unknown();
    committed = entry->rows() == 1 && Row(*entry, 0).blob(0) == lost.entry;
  }
  if (!committed) return unknown();
  if (*committed) (*connection)->queue(kTouchHead);
  if (!(*connection)->ask(kCommit) || (*connection)->warned()) return unknown();
  give_back(*std::move(connection), Purpose::writing);
  return *committed;
}

}  // namespace shomei::store
