// What goes away while acts are made: processes, sessions, answers, the server.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <set>
#include <thread>

#include "tests/postgres/opened.h"
#include "tests/postgres/relay.h"

namespace shomei::store {
namespace {

using journal::Access;
using namespace std::chrono_literals;

// Of sessions for which the condition on pg_stat_activity holds; waits until they are gone.
void end_sessions(const std::string& condition) {
  Server::shared().run(
      "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'shomei' AND " +
      condition);
}
constexpr const char* kWriting = "state = 'idle in transaction'";
constexpr const char* kHolding = "pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')";

TEST(PostgresLoss, AWriterThatIsKilledLeavesNothingAndTheNextOneGoesOn) {
  const FreshStore store;
  opened(store.address());
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  const pid_t child = fork();
  if (child == 0) {
    const auto engine = opened(store.address());
    auto rows = std::move(engine->begin(Access::write).value());
    if (!rows->insert(suite::resident("resident-one"))) _exit(1);
    if (::write(ready[1], "x", 1) != 1) _exit(1);
    pause();
  }
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  close(ready[0]);
  close(ready[1]);
  const auto engine = opened(store.address());
  const auto start = std::chrono::steady_clock::now();
  auto rows = std::move(engine->begin(Access::write).value());
  EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
  EXPECT_TRUE(rows->list_residents({}).value().empty());
}

// The server fences: whoever has lost the lock on the head cannot commit.
TEST(PostgresLoss, AStaleWriterCannotCommit) {
  const FreshStore store;
  const auto stale = opened(store.address()), next = opened(store.address());
  const Spine one(*stale), two(*next);
  auto transaction = std::move(one.journal.begin().value());
  ASSERT_TRUE(transaction.append({.act = suite::id<ActId>("act-number-stale")}).has_value());
  end_sessions(kWriting);
  ASSERT_TRUE(two.act("next").has_value());
  const auto committed = transaction.commit();
  ASSERT_FALSE(committed.has_value());
  EXPECT_EQ(committed.error().code, "store_unavailable");
  EXPECT_TRUE(two.verify().holds());
  EXPECT_EQ(two.verify().entries, 1U);
}

// More than is kept back is sent at the end of an act: when nobody is there to take it, that is an error like
// any other, for this act and for those that share its commit.
TEST(PostgresLoss, AnActThatFindsTheServerGoneAtItsEndIsToldSo) {
  constexpr int kEntries = 9;  // of the largest parts: more than 8 MiB
  const FreshStore store;
  const auto engine = opened(store.address());
  const Spine spine(*engine);
  auto series = spine.journal.series();
  {
    auto transaction = std::move(series.begin().value());
    ASSERT_TRUE(transaction.append({.act = suite::id<ActId>("act-number-first")}).has_value());
    ASSERT_TRUE(transaction.commit().has_value());
  }
  {
    auto transaction = std::move(series.begin().value());
    for (int i = 0; i < kEntries; ++i)
      ASSERT_TRUE(transaction
                      .append({.act = suite::id<ActId>("act-number-large"),
                               .person = {{"facts", Bytes(journal::kPartBytesMax - 100, 'x')}}})
                      .has_value());
    Server::shared().kill_all();
    Server::shared().start();
    const auto committed = transaction.commit();
    ASSERT_FALSE(committed.has_value());
    EXPECT_EQ(committed.error().code, "store_unavailable");
  }
  EXPECT_EQ(series.commit().error().code, "store_unavailable");
  ASSERT_TRUE(spine.act("next").has_value());
  EXPECT_EQ(spine.verify().entries, 1U);
}

TEST(PostgresLoss, SessionsThatEndedWhileTheyWereIdleAreMadeAnew) {
  const FreshStore store;
  const auto engine = opened(store.address());
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(engine->begin(Access::read).has_value());
    EXPECT_TRUE(engine->begin(Access::write).has_value());
    end_sessions("true");
  }
}

TEST(PostgresLoss, ASessionThatIsLostAtItsFirstQuestionIsMadeAnew) {
  const FreshStore store;
  Relay relay;
  const auto engine = opened(relay.address(store.schema()));
  for (const auto access : {Access::write, Access::read}) {
    ASSERT_TRUE(engine->begin(access).has_value());
    relay.lose_next_question();
    EXPECT_TRUE(engine->begin(access).has_value());
    relay.lose_next_answer();
    EXPECT_TRUE(engine->begin(access).has_value());
  }
}

TEST(PostgresLoss, AReaderThatLosesItsSessionIsToldSo) {
  const FreshStore store;
  const auto engine = opened(store.address());
  const auto rows = std::move(engine->begin(Access::read).value());
  end_sessions("true");
  const auto list = rows->list_residents({});
  ASSERT_FALSE(list.has_value());
  EXPECT_EQ(list.error().code, "store_unavailable");
}

TEST(PostgresLoss, ACommitWhoseAnswerIsLostIsCommitted) {
  const FreshStore store;
  Relay relay;
  const auto engine = opened(relay.address(store.schema()));
  for (const std::string name : {"one", "two"}) {
    auto rows = std::move(engine->begin(Access::write).value());
    ASSERT_TRUE(rows->insert(suite::resident("resident-" + name)).has_value());
    relay.lose_next_answer();
    EXPECT_TRUE(rows->commit().has_value()) << name;
  }
  EXPECT_EQ(engine->begin(Access::read).value()->list_residents({}).value().size(), 2U);
}

TEST(PostgresLoss, ACommitThatNeverArrivedIsNotCommitted) {
  const FreshStore store;
  Relay relay;
  const auto engine = opened(relay.address(store.schema()));
  auto rows = std::move(engine->begin(Access::write).value());
  ASSERT_TRUE(rows->insert(suite::resident("resident-one")).has_value());
  relay.lose_next_question();
  const auto committed = rows->commit();
  ASSERT_FALSE(committed.has_value());
  EXPECT_EQ(committed.error().code, "store_unavailable");
  rows.reset();
  EXPECT_TRUE(engine->begin(Access::read).value()->list_residents({}).value().empty());
}

// Others commit between the loss and the look: the mark is theirs by then, and the entry tells.
TEST(PostgresLoss, WhetherACommitCameThroughIsKnownBehindOthersToo) {
  const FreshStore store;
  const auto direct = opened(store.address());
  const Spine other(*direct);
  for (const bool arrives : {true, false}) {
    Relay relay;
    const auto engine = opened(relay.address(store.schema()));
    std::atomic<bool> ended = false;
    std::thread busy([&] {
      for (int i = 0; !ended; ++i)
        EXPECT_TRUE(other.act("busy-" + std::to_string(arrives) + "-" + std::to_string(i)).has_value());
    });
    const Spine spine(*engine);
    const std::string name = arrives ? "arrives" : "does-not";
    auto transaction = std::move(spine.journal.begin().value());
    ASSERT_TRUE(transaction.append({.act = suite::id<ActId>("act-number-" + name)}).has_value());
    arrives ? relay.lose_next_answer() : relay.lose_next_question();
    EXPECT_EQ(transaction.commit().has_value(), arrives);
    ended = true;
    busy.join();
    const auto rows = std::move(direct->begin(Access::read).value());
    EXPECT_EQ(rows->entries_of_act(suite::id<ActId>("act-number-" + name)).value().size(), arrives ? 1U : 0U);
  }
}

TEST(PostgresLoss, AHoldThatNobodyElseTookIsTakenAgain) {
  const FreshStore store;
  const auto engine = opened(store.address());
  for (auto kind : {journal::Hold::shared, journal::Hold::alone}) {
    const auto hold = std::move(engine->hold_acts(kind).value());
    ASSERT_NE(hold, nullptr);
    end_sessions(kHolding);
    EXPECT_TRUE(engine->begin(Access::write).has_value());
    EXPECT_EQ(opened(store.address())->hold_acts(journal::Hold::alone).value(), nullptr) << "it is held";
  }
}

TEST(PostgresLoss, NothingIsWrittenUnderAHoldThatWasLostToARepair) {
  const FreshStore store;
  const auto engine = opened(store.address()), other = opened(store.address());
  auto hold = std::move(engine->hold_acts(journal::Hold::shared).value());
  end_sessions(kHolding);
  {
    const auto alone = std::move(other->hold_acts(journal::Hold::alone).value());
    ASSERT_NE(alone, nullptr);
    EXPECT_EQ(engine->begin(Access::write).error().code, "store_unavailable") << "while it is held alone";
    EXPECT_TRUE(other->begin(Access::write).has_value());
  }
  EXPECT_EQ(engine->begin(Access::write).error().code, "store_unavailable") << "and after it was";
  EXPECT_TRUE(engine->begin(Access::read).has_value());
  hold.reset();
  hold = std::move(engine->hold_acts(journal::Hold::shared).value());
  EXPECT_TRUE(engine->begin(Access::write).has_value());
}

// The lock on the head, not this machine's word, keeps a process out whose session died without its knowing.
TEST(PostgresLoss, ARepairIsNoticedUnderTheLockToo) {
  const FreshStore store;
  const auto engine = opened(store.address());
  const auto hold = std::move(engine->hold_acts(journal::Hold::shared).value());
  store.run("UPDATE head SET repairs = repairs + 1");
  EXPECT_EQ(engine->begin(Access::write).error().code, "store_unavailable");
}

// The whole server, twice, in the middle of everybody's commits.
TEST(PostgresLoss, WhatWasAcknowledgedIsThereOnceAfterTheServerWasKilled) {
  constexpr int kThreads = 8, kKills = 2;
  const FreshStore store;
  const auto engine = opened(store.address());
  const Spine spine(*engine);
  std::atomic<bool> ended = false;
  std::vector<std::vector<std::string>> acknowledged(kThreads);
  std::atomic<int> failures = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; !ended; ++i) {
        const std::string name = std::to_string(t) + "-" + std::to_string(i);
        if (spine.act(name))
          acknowledged[static_cast<std::size_t>(t)].push_back(name);
        else
          ++failures;
      }
    });
  for (int i = 0; i < kKills; ++i) {
    std::this_thread::sleep_for(400ms);
    Server::shared().kill_all();
    Server::shared().start();
  }
  std::this_thread::sleep_for(400ms);
  ended = true;
  for (auto& thread : threads) thread.join();
  const auto report = spine.verify();
  for (const auto& f : report.findings) ADD_FAILURE() << f.sequence << " " << f.code << ": " << f.detail;
  const auto rows = std::move(engine->begin(Access::read).value());
  std::size_t count = 0;
  for (const auto& names : acknowledged)
    for (const auto& name : names) {
      ++count;
      EXPECT_EQ(rows->entries_of_act(suite::id<ActId>("act-number-" + name)).value().size(), 1U) << name;
      EXPECT_TRUE(rows->find_resident(suite::id<ResidentId>("resident-" + name)).value()) << name;
    }
  EXPECT_GT(count, 50U);
  EXPECT_GE(report.entries, count);
  EXPECT_LE(report.entries, count + static_cast<std::size_t>(failures));
  RecordProperty("acknowledged", static_cast<int>(count));
}

}  // namespace
}  // namespace shomei::store
