#include "home/move/move_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>

#include "crypto/random.h"
#include "files/file.h"
#include "files/lock.h"
#include "home/backup/backup.h"
#include "home/create.h"
#include "home/move/store_in_settings.h"
#include "home/open_store.h"
#include "tests/postgres/server.h"

namespace shomei::home {
namespace {

namespace fs = std::filesystem;
using journal::Access;
using store::FreshStore;

class MoveStore : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::string name = (fs::temp_directory_path() / "shomei-move-test.XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    auto settings = default_settings_text({"127.0.0.1", 0}, {"127.0.0.1", 0}, {"127.0.0.1", 0});
    settings.replace(settings.find("\"rsa-2048\""), 10, "\"ec-p256\"");
    CreateOptions options;
    options.settings = settings;
    ASSERT_TRUE(create_home(folder_ / "made", options));
  }
  static void TearDownTestSuite() { fs::remove_all(folder_); }
  void SetUp() override { fs::copy(folder_ / "made", root_, fs::copy_options::recursive); }
  void TearDown() override { fs::remove_all(root_); }

  static StoreSettings at(const FreshStore& place) { return {place.address(), std::nullopt}; }
  static std::string code_of(const auto& result) {
    return result ? "done" : std::string(result.error().code);
  }

  static Result<void> act(Home& home) {
    SHOMEI_TRY(auto transaction, home.journal().begin());
    SHOMEI_CHECK(transaction.append({.act = crypto::ordered_identifier<ActId>()}));
    return transaction.commit();
  }
  std::unique_ptr<Home> open(Access access = Access::write) const {
    auto home = Home::open(root_, {.access = access});
    EXPECT_TRUE(home.has_value()) << (home ? "" : home.error().code);
    return *std::move(home);
  }
  // Whichever store it has: an act is recorded and the whole journal holds.
  void expect_works() const {
    const auto home = open();
    ASSERT_TRUE(act(*home).has_value());
    const auto report = journal::verify_journal(**home->rows(), {*home->checkpoint_key(), std::nullopt});
    EXPECT_TRUE(report->holds());
  }
  journal::StoreDigest digest() const { return *journal::digest_store(**open(Access::read)->rows()); }
  std::string url() const { return open(Access::read)->settings().store.url; }
  std::string settings() const { return to_text(*files::read_file(root_ / "shomei.toml", 1 << 20)); }

  static inline fs::path folder_;
  const fs::path root_ = folder_ / "home";
};

TEST_F(MoveStore, ToADatabaseAndBackAndNothingIsLost) {
  const FreshStore place;
  const auto before = digest();
  const auto to = move_store(root_, at(place));
  ASSERT_TRUE(to.has_value()) << to.error().code << " " << to.error().parameter("what");
  EXPECT_EQ(to->filled.proof.digest, before);
  EXPECT_EQ(digest(), before);
  EXPECT_EQ(url(), place.address());
  EXPECT_FALSE(fs::exists(root_ / "store.sqlite"));
  EXPECT_TRUE(fs::exists(to->kept_at));
  expect_works();
  const auto after = digest();
  const auto back = move_store(root_, {});
  ASSERT_TRUE(back.has_value()) << back.error().code << " " << back.error().parameter("what");
  EXPECT_EQ(url(), "");
  EXPECT_EQ(digest(), after);
  expect_works();
  // The database knows it too.
  const auto left = *open_store({root_}, at(place), store::OpenMode::existing);
  const auto refusal = left->begin(Access::write);
  ASSERT_FALSE(refusal.has_value());
  EXPECT_EQ(refusal.error().code, "store_moved");
  // And that one is never filled again.
  EXPECT_EQ(code_of(move_store(root_, at(place))), "store_moved");
  expect_works();
}

TEST_F(MoveStore, IsRefusedWhileSomebodyActs) {
  const FreshStore place;
  const auto text = settings();
  {
    const auto home = open();
    EXPECT_EQ(code_of(move_store(root_, at(place))), "acts_under_way");
  }
  {
    const auto lock = files::FileLock::take(Layout{root_}.move_lock());
    EXPECT_EQ(code_of(move_store(root_, at(place))), "move_under_way");
  }
  EXPECT_EQ(code_of(move_store(root_, {})), "store_there_already");
  EXPECT_EQ(code_of(move_store(root_, {"mysql://x", std::nullopt})), "store_url_form");
  EXPECT_EQ(code_of(move_store(folder_ / "nowhere", at(place))), "home_missing");
  EXPECT_EQ(settings(), text);
  expect_works();
}

// A service that holds no acts, and has the store open from before.
TEST_F(MoveStore, WhoHadTheOldStoreOpenWritesIntoItNoMore) {
  const FreshStore place;
  const auto service = open();
  service->leave_acts();
  ASSERT_TRUE(act(*service).has_value());
  ASSERT_TRUE(move_store(root_, at(place)).has_value());
  EXPECT_FALSE(act(*service).has_value());
  const auto moved = digest();
  EXPECT_FALSE(act(*service).has_value());
  EXPECT_EQ(digest(), moved);
  expect_works();
}

TEST_F(MoveStore, AnotherHomesDatabaseIsLeftAsItIs) {
  const FreshStore place;
  ASSERT_TRUE(create_home(folder_ / "other", {.with_residents = false, .first_port = 0}));
  ASSERT_TRUE(move_store(folder_ / "other", at(place)).has_value());
  const auto others = place.run("SELECT checkpoint FROM head");
  EXPECT_EQ(code_of(move_store(root_, at(place))), "store_not_empty");
  EXPECT_EQ(place.run("SELECT checkpoint FROM head"), others);
  fs::remove_all(folder_ / "other");
  expect_works();
}

// Interrupted in good order (Ctrl-C) at each thing that it is doing.
TEST_F(MoveStore, AnInterruptedMoveChangesNothing) {
  using Doing = journal::CopyStep::Doing;
  const auto text = settings();
  {
    const auto home = open();  // more rows than one step has
    auto transaction = *home->journal().begin();
    for (int i = 0; i < 1100; ++i)
      ASSERT_TRUE(transaction.append({.act = crypto::ordered_identifier<ActId>()}).has_value());
    ASSERT_TRUE(transaction.commit().has_value());
  }
  const auto before = digest();
  const FreshStore place;
  for (const auto when : {Doing::copying, Doing::reading, Doing::verifying}) {
    const auto moved = move_store(root_, at(place), [&](const journal::CopyStep& step) -> Result<void> {
      return step.doing == when ? Result<void>(unavailable("interrupted")) : Result<void>{};
    });
    EXPECT_EQ(code_of(moved), "interrupted");
    EXPECT_EQ(settings(), text);
    EXPECT_EQ(digest(), before);
    EXPECT_EQ(place.run("SELECT count(*) FROM journal"), "0");
  }
  EXPECT_TRUE(move_store(root_, at(place)).has_value());
  EXPECT_EQ(digest(), before);
  expect_works();
}

// As a crash leaves it after each of the last steps.
TEST_F(MoveStore, WhatACrashLeavesIsBroughtToAnEnd) {
  const auto before = digest();
  const FreshStore place;
  const auto next = *with_store(settings(), at(place));
  const Layout layout{root_};
  const auto copy = [&] {
    const auto home = open(Access::read);
    const auto from = *home->rows();
    const auto engine = *open_store(layout, at(place), store::OpenMode::create);
    ASSERT_TRUE(fill_store(*from, *engine, {.key = *home->checkpoint_key()}).has_value());
  };
  // The copy is there, and nobody knows of it: it is recognised.
  copy();
  EXPECT_EQ(url(), "");
  // The next settings are there, and the old store goes on: they are taken back.
  ASSERT_TRUE(files::replace_file(layout.next_settings(), view(next)));
  EXPECT_EQ(open(Access::read)->settled(), Settled::taken_back);
  EXPECT_FALSE(fs::exists(layout.next_settings()));
  const auto again = move_store(root_, at(place));
  ASSERT_TRUE(again.has_value()) << again.error().code;
  EXPECT_TRUE(again->filled.was_there);
  EXPECT_EQ(digest(), before);
  ASSERT_TRUE(move_store(root_, {}).has_value());

  // The old store is retired, and the settings name it still: they are put in place.
  const FreshStore second;
  const auto last = *with_store(settings(), at(second));
  {
    const auto engine = *open_store(layout, {}, store::OpenMode::existing);
    const auto from = *engine->begin(Access::write);
    const auto to = *open_store(layout, at(second), store::OpenMode::create);
    ASSERT_TRUE(fill_store(*from, *to, {.key = *open(Access::read)->checkpoint_key()}).has_value());
    ASSERT_TRUE(files::replace_file(layout.next_settings(), view(last)));
    ASSERT_TRUE(from->retire("there").has_value());
    ASSERT_TRUE(from->commit().has_value());
  }
  const auto home = open();
  EXPECT_EQ(home->settled(), Settled::completed);
  EXPECT_EQ(home->settings().store.url, second.address());
  EXPECT_EQ(digest(), before);
  expect_works();
}

// Killed at whatever moment, the first time before half of it is done: the home works with the one store or
// the other, and the same command goes on.
TEST_F(MoveStore, KilledAtAnyMomentLeavesAHomeThatWorks) {
  const int kills = std::getenv("SHOMEI_MOVE_KILLS") ? std::atoi(std::getenv("SHOMEI_MOVE_KILLS")) : 4;
  const auto seed = std::getenv("SHOMEI_MOVE_SEED") ? std::atoi(std::getenv("SHOMEI_MOVE_SEED")) : 1;
  std::srand(static_cast<unsigned>(seed));
  const FreshStore first;
  const auto begun = std::chrono::steady_clock::now();
  ASSERT_TRUE(move_store(root_, at(first)).has_value());
  const auto took =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun).count();
  int done = 0;
  for (int i = 0; i < kills; ++i) {
    const FreshStore place;
    const bool forth = url().empty();
    const auto target = forth ? at(place) : StoreSettings{};
    const pid_t child = fork();
    if (child == 0) _exit(move_store(root_, target) ? 0 : 1);
    usleep(static_cast<useconds_t>(i == 0 ? took / 4 + std::rand() % (took / 4) : std::rand() % took));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFEXITED(status)) {
      EXPECT_EQ(WEXITSTATUS(status), 0) << "seed " << seed << ", kill " << i;
      ++done;
    }
    expect_works();
    if (testing::Test::HasFailure()) FAIL() << "seed " << seed << ", kill " << i;
    if (url().empty() == forth) {
      // Where it was killed between the two commits, the copy is one of before the act above.
      const FreshStore another;
      auto again = code_of(move_store(root_, target));
      if (forth && again == "store_not_empty") again = code_of(move_store(root_, at(another)));
      EXPECT_EQ(again, "done") << "seed " << seed << ", kill " << i;
    }
    expect_works();
  }
  std::printf("%d of %d moves were through before they were killed\n", done, kills);
  EXPECT_LT(done, kills) << "nothing was killed in the middle";
}

TEST_F(MoveStore, ABackupOfADatabaseIsRestoredIntoAFileAndIntoAnother) {
  const FreshStore place, second;
  ASSERT_TRUE(move_store(root_, at(place)).has_value());
  const auto before = digest();
  ASSERT_TRUE(make_backup(*open(Access::read), folder_ / "backup").has_value());
  EXPECT_EQ(code_of(check_backup(folder_ / "backup", {})), "done");
  ASSERT_EQ(code_of(restore_home(folder_ / "backup", folder_ / "in-file", {}, {})), "done");
  ASSERT_EQ(code_of(restore_home(folder_ / "backup", folder_ / "in-database", at(second), {})), "done");
  EXPECT_EQ(code_of(restore_home(folder_ / "backup", folder_ / "third", at(place), {})), "done")
      << "the database has exactly this already";
  for (const char* name : {"in-file", "in-database"}) {
    const auto home = *Home::open(folder_ / name, {});
    EXPECT_EQ(*journal::digest_store(**home->rows()), before) << name;
    EXPECT_EQ(home->settings().store.url, std::string_view(name) == "in-file" ? "" : second.address());
  }
  EXPECT_FALSE(fs::exists(folder_ / "in-database/store.sqlite"));
  for (const char* name : {"backup", "in-file", "in-database", "third"}) fs::remove_all(folder_ / name);
}

// The commands of docs/operations.md as they stand there.
TEST_F(MoveStore, ThePagesOfBackupAndOfMovingDoWhatTheySay) {
  const FreshStore place;
  const auto work = folder_ / "page";
  fs::create_directory(work);
  fs::copy(root_, work / "authority", fs::copy_options::recursive);
  ::setenv("STORE_URL", place.address().c_str(), 1);
  const std::string run = "bash " SHOMEI_SOURCE "/tests/move/operations_page.sh '" + work.string() + "'";
  EXPECT_EQ(std::system(run.c_str()), 0);
  fs::remove_all(work);
}

}  // namespace
}  // namespace shomei::home
