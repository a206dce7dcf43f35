#include "cli/command.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdio_ext.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace shomei::cli {
namespace {

Result<Output> answers(const Invocation&) {
  return Output{R"({"answer":42})", "forty-two", 1};
}

Result<Output> throws(const Invocation&) {
  throw std::length_error("too long for it");
}

constexpr std::array<const char*, 2> kAsk{"shomei", "ask"};
constexpr std::array<const char*, 3> kAskInJson{"shomei", "--json", "ask"};
constexpr std::array<const char*, 2> kHelp{"shomei", "--help"};

const std::vector<Command> kCommands{{"ask", "ask", "shomei ask", {}, answers},
                                     {"throw", "throw", "shomei throw", {}, throws}};

struct Said {
  int exit_code;
  std::string out;
  std::string error;
};

Said run_captured(const std::vector<Command>& commands, std::span<const char* const> words) {
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  const int code = run(commands, words);
  return {code, ::testing::internal::GetCapturedStdout(), ::testing::internal::GetCapturedStderr()};
}

TEST(Run, PrintsTheAnswerAndReturnsItsCode) {
  const auto text = run_captured(kCommands, kAsk);
  EXPECT_EQ(text.exit_code, 1);
  EXPECT_EQ(text.out, "forty-two\n");
  const auto json = run_captured(kCommands, kAskInJson);
  EXPECT_EQ(json.out, "{\"answer\":42}\n");
  EXPECT_EQ(json.error, "");
}

TEST(Run, AnExceptionIsAnInternalFaultWithItsDocument) {
  constexpr std::array<const char*, 3> kJson{"shomei", "throw", "--json"};
  const auto json = run_captured(kCommands, kJson);
  EXPECT_EQ(json.exit_code, 4);
  EXPECT_TRUE(json.out.starts_with(R"({"error":{"code":"library_threw","fault":"internal")")) << json.out;
  const auto text = run_captured(kCommands, std::span(kJson).first(2));
  EXPECT_EQ(text.exit_code, 4);
  EXPECT_EQ(text.out, "");
  EXPECT_NE(text.error.find("(too long for it)"), std::string::npos) << text.error;
}

TEST(Run, AWrongCommandLineIsQuotedWithoutControlCharacters) {
  constexpr std::array<const char*, 3> kColour{"shomei", "ask", "\x1b[31mred\xC2\x9Bm\xE2\x80\xAE"};
  const auto unknown = run_captured(kCommands, kColour);
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_NE(unknown.error.find("?[31mred?m?"), std::string::npos) << unknown.error;
  EXPECT_EQ(unknown.error.find_first_of("\x1b\x9b"), std::string::npos) << unknown.error;
  ASSERT_EQ(::setenv("SHOMEI_LANG", "en\nshomei: fine\x1b", 1), 0);
  const auto language = run_captured(kCommands, kAsk);
  ::unsetenv("SHOMEI_LANG");
  EXPECT_EQ(language.exit_code, 2);
  EXPECT_NE(language.error.find("SHOMEI_LANG: en?shomei: fine? not in"), std::string::npos) << language.error;
}

// stdout is a full disk for as long as it lives.
class FullOutput {
 public:
  FullOutput() : before_(::dup(STDOUT_FILENO)) {
    std::fflush(stdout);
    const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
    ::dup2(full, STDOUT_FILENO);
    ::close(full);
  }
  ~FullOutput() {
    ::__fpurge(stdout);
    std::clearerr(stdout);
    ::dup2(before_, STDOUT_FILENO);
    ::close(before_);
  }

 private:
  int before_;
};

TEST(Run, SaysThatTheAnswerCannotBeWritten) {
  for (const std::span<const char* const> words :
       {std::span<const char* const>(kAsk), std::span<const char* const>(kAskInJson),
        std::span<const char* const>(kHelp)}) {
    ::testing::internal::CaptureStderr();
    const int code = [&] {
      const FullOutput full;
      return run(kCommands, words);
    }();
    const auto error = ::testing::internal::GetCapturedStderr();
    EXPECT_EQ(code, 3) << words[1];
    EXPECT_NE(error.find("standard output: No space left on device."), std::string::npos) << error;
  }
}

}  // namespace
}  // namespace shomei::cli
