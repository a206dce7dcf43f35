#include "files/lock.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <csignal>
#include <cstdlib>

namespace shomei::files {
namespace {

namespace fs = std::filesystem;

class Locks : public ::testing::Test {
 protected:
  Locks() {
    std::string name = (fs::temp_directory_path() / "shomei-lock-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~Locks() override { fs::remove_all(folder_); }
  fs::path folder_;
};

TEST_F(Locks, OneHolderAtATime) {
  {
    const auto first = FileLock::take(folder_ / "l");
    ASSERT_TRUE(first);
    const auto second = FileLock::take(folder_ / "l");
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().fault, Fault::conflict);
    EXPECT_EQ(second.error().code, "file_locked");
  }
  EXPECT_TRUE(FileLock::take(folder_ / "l"));
}

TEST_F(Locks, SharedHoldersKeepAnExclusiveOneOut) {
  const auto first = FileLock::take(folder_ / "l", Sharing::shared);
  const auto second = FileLock::take(folder_ / "l", Sharing::shared);
  EXPECT_TRUE(first && second);
  EXPECT_FALSE(FileLock::take(folder_ / "l"));
}

TEST_F(Locks, AnExclusiveHolderKeepsSharedOnesOut) {
  const auto first = FileLock::take(folder_ / "l");
  ASSERT_TRUE(first);
  EXPECT_EQ(FileLock::take(folder_ / "l", Sharing::shared).error().code, "file_locked");
}

TEST_F(Locks, IsFreeWhenTheHolderIsKilled) {
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto held = FileLock::take(folder_ / "l");
    (void)!::write(ready[1], held ? "y" : "n", 1);
    ::pause();
    ::_exit(0);
  }
  char answer = 0;
  ASSERT_EQ(::read(ready[0], &answer, 1), 1);
  EXPECT_EQ(answer, 'y');
  EXPECT_FALSE(FileLock::take(folder_ / "l"));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(FileLock::take(folder_ / "l"));
}

TEST_F(Locks, SaysWhenTheFileCannotBeMade) {
  EXPECT_EQ(FileLock::take(folder_ / "none" / "l").error().code, "file_write_failed");
}

}  // namespace
}  // namespace shomei::files
