#include "files/file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <cstdlib>
#include <thread>

#include "files/descriptor.h"
#include "files/system_error.h"

namespace shomei::files {
namespace {

namespace fs = std::filesystem;

class Files : public ::testing::Test {
 protected:
  Files() {
    std::string name = (fs::temp_directory_path() / "shomei-files-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~Files() override { fs::remove_all(folder_); }
  std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), {}));
  }
  static mode_t mode_of(const fs::path& path) {
    struct stat about {};
    ::stat(path.c_str(), &about);
    return about.st_mode & 07777;
  }
  fs::path folder_;
};

TEST_F(Files, ReadsBackWhatItWrote) {
  const auto path = folder_ / "a";
  ASSERT_TRUE(replace_file(path, view("one")));
  EXPECT_EQ(read_file(path, 3).value(), to_bytes("one"));
  ASSERT_TRUE(replace_file(path, view("three")));
  EXPECT_EQ(read_secret_file(path, 100).value().reveal_text(), "three");
  ASSERT_TRUE(replace_file(path, Bytes{}));
  EXPECT_EQ(read_file(path, 100).value(), Bytes{});
  EXPECT_EQ(entries(), 1U);
}

TEST_F(Files, GivesTheModeAskedFor) {
  ASSERT_TRUE(replace_file(folder_ / "a", view("x")));
  ASSERT_TRUE(replace_file(folder_ / "b", view("x"), kReadableByAll));
  EXPECT_EQ(mode_of(folder_ / "a"), 0600U);
  EXPECT_EQ(mode_of(folder_ / "b"), 0644U);
}

TEST_F(Files, RefusesOneByteTooMany) {
  ASSERT_TRUE(replace_file(folder_ / "a", view("1234")));
  const auto read = read_file(folder_ / "a", 3);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, "file_too_large");
  EXPECT_EQ(read.error().parameter("bytes_max"), "3");
}

TEST_F(Files, ReadsFilesThatHaveNoSize) {
  EXPECT_GT(read_file("/proc/self/status", 64 * 1024).value().size(), 100U);
  EXPECT_EQ(read_file("/dev/zero", 10).error().code, "file_too_large");
}

// A room of the whole limit would be more than the machine has.
TEST_F(Files, TakesNoMoreRoomThanThereIsContent) {
  constexpr std::size_t kPebibyte = std::size_t{1} << 50;
  EXPECT_EQ(read_file("/dev/null", kPebibyte).value(), Bytes{});
}

TEST_F(Files, ReadsAPipeWholeHoweverLongItIs) {
  const auto path = folder_ / "pipe";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  Bytes content(300'000);
  for (std::size_t i = 0; i < content.size(); ++i) content[i] = static_cast<std::uint8_t>(i * i >> 3);
  for (const auto bytes_max : {content.size(), content.size() - 1}) {
    std::jthread writer([&] { (void)!write_output(path, content); });
    const auto read = read_file(path, bytes_max);
    EXPECT_EQ(read.has_value(), bytes_max == content.size());
    if (read) EXPECT_EQ(*read, content);
  }
}

TEST_F(Files, SaysWhatIsMissingAndWhatIsNoFile) {
  EXPECT_EQ(read_file(folder_ / "none", 3).error().fault, Fault::not_found);
  EXPECT_EQ(read_file(folder_ / "none", 3).error().code, "file_missing");
  EXPECT_EQ(read_file(folder_, 3).error().code, "file_unreadable");
  EXPECT_EQ(replace_file(folder_ / "none" / "a", view("x")).error().code, "file_write_failed");
}

TEST_F(Files, CreatesOnlyWhatIsNotThere) {
  ASSERT_TRUE(create_file(folder_ / "a", view("first")));
  const auto again = create_file(folder_ / "a", view("second"));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().fault, Fault::conflict);
  EXPECT_EQ(again.error().code, "file_exists");
  EXPECT_EQ(read_file(folder_ / "a", 9).value(), to_bytes("first"));
  EXPECT_EQ(entries(), 1U);
}

TEST_F(Files, OnlyAFolderIsSynced) {
  EXPECT_TRUE(sync_folder(folder_));
  EXPECT_EQ(sync_folder(folder_ / "none").error().code, "file_write_failed");
}

TEST_F(Files, OutputGoesIntoAPipeThatStays) {
  const auto path = folder_ / "pipe";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const Descriptor reader(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  ASSERT_TRUE(write_output(path, view("out")));
  char got[4] = {};
  EXPECT_EQ(::read(reader.get(), got, sizeof(got)), 3);
  EXPECT_STREQ(got, "out");
  EXPECT_TRUE(fs::is_fifo(path));
  EXPECT_EQ(entries(), 1U);
}

// The device is named by its descriptor, so that a fault of this code cannot take it away from the machine.
TEST_F(Files, OutputIntoAFullDeviceSaysSo) {
  const Descriptor full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  ASSERT_TRUE(full);
  const auto written = write_output("/proc/self/fd/" + std::to_string(full.get()), view("out"));
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, "disk_full");
}

TEST_F(Files, OutputFollowsSymbolicLinks) {
  fs::create_directory(folder_ / "below");
  fs::create_symlink("below/there", folder_ / "first");
  fs::create_symlink("first", folder_ / "second");
  for (const char* content : {"into a name that is not there", "over what is there"}) {
    ASSERT_TRUE(write_output(folder_ / "second", view(content)));
    EXPECT_EQ(to_text(read_file(folder_ / "below" / "there", 100).value()), content);
    EXPECT_TRUE(fs::is_symlink(folder_ / "first") && fs::is_symlink(folder_ / "second"));
  }
}

TEST_F(Files, OutputThatHasNoPlaceIsRefused) {
  fs::create_symlink("loop", folder_ / "loop");
  for (const auto& path : {folder_, folder_ / "loop", folder_ / "none" / "a"})
    EXPECT_EQ(write_output(path, view("x")).error().code, "file_write_failed") << path;
}

TEST_F(Files, AFailedWriteLeavesTheOldContentAndNoLitter) {
  ASSERT_TRUE(replace_file(folder_ / "a", view("old")));
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{4096, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  const auto written = replace_file(folder_ / "a", Bytes(10'000, 'x'));
  ::setrlimit(RLIMIT_FSIZE, &before);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, "file_write_failed");
  EXPECT_FALSE(written.error().parameter("system").empty());
  EXPECT_EQ(read_file(folder_ / "a", 9).value(), to_bytes("old"));
  EXPECT_EQ(entries(), 1U);
}

TEST_F(Files, AReaderSeesTheOldOrTheNewContentWhole) {
  const Bytes one(20'000, '1');
  const Bytes two(30'000, '2');
  ASSERT_TRUE(replace_file(folder_ / "a", one));
  std::thread writer([&] {
    for (int i = 0; i < 50; ++i) EXPECT_TRUE(replace_file(folder_ / "a", i % 2 ? one : two));
  });
  for (int i = 0; i < 200; ++i) {
    const auto seen = read_file(folder_ / "a", 40'000).value();
    EXPECT_TRUE(seen == one || seen == two);
  }
  writer.join();
}

TEST(SystemError, NamesAFullDisk) {
  EXPECT_EQ(write_error("p", ENOSPC).code, "disk_full");
  EXPECT_EQ(write_error("p", EDQUOT).code, "disk_full");
  EXPECT_EQ(write_error("p", EIO).code, "file_write_failed");
  EXPECT_EQ(read_error("p", EACCES).code, "file_unreadable");
  EXPECT_EQ(read_error("p", EACCES).parameter("path"), "p");
}

}  // namespace
}  // namespace shomei::files
