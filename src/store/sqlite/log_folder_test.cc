#include "store/sqlite/log_folder.h"

#include <gtest/gtest.h>

#include <thread>

#include "store/sqlite/engine.h"
#include "store/sqlite/test_folder.h"

namespace shomei::store {
namespace {

namespace fs = std::filesystem;

// Commits of a megabyte each, in a store of their own.
class LongLog : public testing::Test {
 protected:
  static constexpr std::uintmax_t kMebibyte = 1 << 20;

  void commit(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      auto rows = std::move(engine_->begin(journal::Access::write).value());
      const Instant at{};
      ASSERT_TRUE(rows->insert(journal::CrlRecord{"a", ++number_, at, at, Bytes(kMebibyte, 7)}));
      ASSERT_TRUE(rows->commit());
      // The disk of a small machine may be slower than whoever writes here.
      if (log_size() > 16 * kMebibyte) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
  // A log never becomes smaller while it is used: the size is the longest that it was.
  std::uintmax_t log_size() const { return fs::file_size(folder_.store().string() + "-wal"); }

  Folder folder_;
  std::unique_ptr<SqliteEngine> engine_ = SqliteEngine::open(folder_.store(), OpenMode::create).value();
  std::uint64_t number_ = 0;
};

TEST_F(LongLog, BeginsAnewWhileOthersWrite) {
  commit(60);
  EXPECT_GT(log_size(), 16 * kMebibyte);
  EXPECT_LT(log_size(), 50 * kMebibyte);
}

TEST_F(LongLog, BeginsAnewWhenAReaderThatStayedLongHasLeft) {
  commit(1);
  auto reader = std::move(engine_->begin(journal::Access::read).value());
  commit(20);
  EXPECT_GT(log_size(), 20 * kMebibyte);
  EXPECT_EQ(reader->latest_crl("a").value()->number, 1U);
  reader.reset();
  commit(60);
  EXPECT_LT(log_size(), 70 * kMebibyte);
}

TEST_F(LongLog, IsWaitedForWhenTheStoreIsClosed) {
  commit(17);  // it is being copied now
  engine_.reset();
  engine_ = SqliteEngine::open(folder_.store(), OpenMode::existing).value();
  EXPECT_EQ(engine_->begin(journal::Access::read).value()->latest_crl("a").value()->number, 17U);
}

// What was erased is in none of the store's files.
TEST_F(LongLog, IsCutOffWhenSomethingWasErased) {
  commit(3);
  ASSERT_TRUE(engine_->scrub());
  EXPECT_EQ(log_size(), 0U);
  commit(1);
  EXPECT_EQ(engine_->begin(journal::Access::read).value()->latest_crl("a").value()->number, 4U);
}

}  // namespace
}  // namespace shomei::store
