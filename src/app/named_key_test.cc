#include "app/named_key.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "files/file.h"

namespace shomei::app {
namespace {

namespace fs = std::filesystem;

class NamedKeyFile : public testing::Test {
 protected:
  NamedKeyFile() {
    std::string name = (fs::temp_directory_path() / "shomei-named-key.XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~NamedKeyFile() override { fs::remove_all(folder_); }
  Error error_of(const std::string& option, std::string_view content) const {
    EXPECT_TRUE(files::write_output(file(), view(content)));
    cli::Invocation invocation;
    invocation.values = {{option, file()}};
    const auto named = named_key(invocation);
    return named ? Error{} : named.error();
  }
  std::string file() const { return (folder_ / "given").string(); }

 private:
  fs::path folder_;
};

TEST_F(NamedKeyFile, IsNamedWhenThereIsNoKeyInIt) {
  const auto expect = [&](const std::string& option, std::string_view content, std::string_view code) {
    const auto error = error_of(option, content);
    EXPECT_EQ(error.code, code) << option;
    EXPECT_EQ(error.parameter("file"), file()) << option;
  };
  expect("spki", "no key", "pem_form");
  expect("certificate", "no certificate", "pem_form");
  expect("private-key", "no key", "private_key_form");
  expect("private-key", "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n", "private_key_form");
  expect("spki", std::string_view("0\0", 2), "der_form");
  expect("certificate", std::string_view("0\0", 2), "der_form");
}

}  // namespace
}  // namespace shomei::app
