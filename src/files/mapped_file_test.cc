#include "files/mapped_file.h"

#include <gtest/gtest.h>

#include "files/file.h"

namespace shomei::files {
namespace {

namespace fs = std::filesystem;

TEST(MappedFile, ShowsWhatIsThereAndStaysWhenItIsReplaced) {
  std::string name = (fs::temp_directory_path() / "shomei-mapped-XXXXXX").string();
  const fs::path folder = ::mkdtemp(name.data());
  const auto path = folder / "list";
  EXPECT_EQ(MappedFile::open(path).error().code, "file_missing");
  EXPECT_EQ(MappedFile::open(folder).error().code, "file_unreadable");
  ASSERT_TRUE(replace_file(path, Bytes{}));
  EXPECT_TRUE(MappedFile::open(path)->bytes().empty());
  const Bytes old(10'000, 7);
  ASSERT_TRUE(replace_file(path, old));
  const auto mapped = MappedFile::open(path);
  ASSERT_TRUE(mapped);
  ASSERT_TRUE(replace_file(path, Bytes{1}));
  EXPECT_TRUE(equal(mapped->bytes(), old)) << "who has it goes on seeing it";
  EXPECT_EQ(MappedFile::open(path)->bytes().size(), 1U);
  fs::remove_all(folder);
}

}  // namespace
}  // namespace shomei::files
