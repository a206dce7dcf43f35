// The person at the terminal is the test: it holds the other end of a pseudo-terminal, on which a child asks.
#include "cli/prompt.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "cli/command.h"

namespace shomei::cli {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr int kHasSecret = 42;  // what the child ends with when it was told "1234"

int asked() {
  const auto secret = ask_secret("PIN: ");
  if (!secret) return secret.error().code == "prompt_cancelled" ? exit_code(secret.error().fault) : 90;
  return secret->reveal_text() == "1234" ? kHasSecret : 91;
}

class Asked {
 public:
  Asked() {
    EXPECT_EQ(::openpty(&person_, &terminal_, nullptr, nullptr, nullptr), 0);
    child_ = ::fork();
    if (child_ == 0) {
      ::setsid();
      ::ioctl(terminal_, TIOCSCTTY, 0);
      ::_exit(asked());
    }
    EXPECT_TRUE(question_came());
  }
  ~Asked() {
    if (child_ > 0) ::kill(child_, SIGKILL);
    ::close(person_);
    ::close(terminal_);
  }

  pid_t child() const { return child_; }
  bool question_came() const {
    std::string seen;
    char part[64];
    pollfd waiting{.fd = person_, .events = POLLIN, .revents = 0};
    while (seen.find("PIN: ") == std::string::npos) {
      if (::poll(&waiting, 1, 5000) <= 0) return false;
      const auto count = ::read(person_, part, sizeof(part));
      if (count <= 0) return false;
      seen.append(part, static_cast<std::size_t>(count));
    }
    return true;
  }
  bool echoes() const {
    termios now{};
    ::tcgetattr(terminal_, &now);
    return (now.c_lflag & ECHO) != 0;
  }
  void type(std::string_view keys) const {
    EXPECT_EQ(::write(person_, keys.data(), keys.size()), static_cast<ssize_t>(keys.size()));
  }
  // What the child exits with; negative when a signal ended it, or nothing did.
  int end_of_child() {
    for (int i = 0; i < 500; ++i, std::this_thread::sleep_for(10ms)) {
      int status = 0;
      if (::waitpid(child_, &status, WNOHANG) == 0) continue;
      child_ = 0;
      return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }
    return -1000;
  }

 private:
  int person_ = -1;
  int terminal_ = -1;
  pid_t child_ = 0;
};

TEST(Asking, TakesALineWithoutEcho) {
  Asked terminal;
  EXPECT_FALSE(terminal.echoes());
  terminal.type("1234\n");
  EXPECT_EQ(terminal.end_of_child(), kHasSecret);
  EXPECT_TRUE(terminal.echoes());
}

// ^C, ^\, ^Z, and ^D for the end of the input.
TEST(Asking, EveryKeyThatCancelsGivesTheEchoBack) {
  for (const char* keys : {"12\x03", "12\x1c", "12\x1a", "\x04"}) {
    Asked terminal;
    terminal.type(keys);
    EXPECT_EQ(terminal.end_of_child(), 1) << int{keys[0]};
    EXPECT_TRUE(terminal.echoes());
  }
}

TEST(Asking, BeingToldToEndGivesTheEchoBack) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP}) {
    Asked terminal;
    ::kill(terminal.child(), signal);
    EXPECT_EQ(terminal.end_of_child(), 1) << signal;
    EXPECT_TRUE(terminal.echoes());
  }
}

class SecretLines : public ::testing::Test {
 protected:
  SecretLines() {
    std::string name = (fs::temp_directory_path() / "shomei-prompt-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~SecretLines() override { fs::remove_all(folder_); }
  Result<std::vector<SecretBytes>> read(std::string_view content) const {
    std::ofstream(folder_ / "pins") << content;
    return read_secret_lines(folder_ / "pins", 2);
  }
  fs::path folder_;
};

TEST_F(SecretLines, AreThoseOfTheFile) {
  const auto lines = read("1234\r\nABC123\nnot read").value();
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].reveal_text(), "1234");
  EXPECT_EQ(lines[1].reveal_text(), "ABC123");
  EXPECT_EQ(read("1234").value().at(0).reveal_text(), "1234");
  EXPECT_TRUE(read("").value().empty());
  EXPECT_EQ(read(std::string(256, '1')).value().at(0).size(), 256U);
  const auto long_line = read("1234\n" + std::string(257, '1'));
  ASSERT_FALSE(long_line);
  EXPECT_EQ(long_line.error().code, "secret_file_form");
  EXPECT_EQ(long_line.error().parameter("path"), (folder_ / "pins").string());
}

// A pipe cannot be opened a second time, and what is read too much of it is lost.
TEST_F(SecretLines, OfADescriptorAreTakenOneByOne) {
  int pipe[2];
  ASSERT_EQ(::pipe(pipe), 0);
  ASSERT_EQ(::write(pipe[1], "1234\nABC123\n", 12), 12);
  EXPECT_EQ(read_secret_line(pipe[0]).value()->reveal_text(), "1234");
  EXPECT_EQ(read_secret_line(pipe[0]).value()->reveal_text(), "ABC123");
  ::close(pipe[1]);
  EXPECT_FALSE(read_secret_line(pipe[0]).value());
  ::close(pipe[0]);
  const auto closed = read_secret_line(pipe[0]);
  ASSERT_FALSE(closed);
  EXPECT_EQ(closed.error().code, "secret_file_unreadable");
}

TEST_F(SecretLines, SayWhyTheyCannotBeRead) {
  const auto folder = read_secret_lines(folder_, 2);
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().code, "secret_file_unreadable");
  EXPECT_EQ(folder.error().parameter("system"), "Is a directory");
  const auto missing = read_secret_lines(folder_ / "none", 2);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, "secret_file_missing");
  EXPECT_EQ(missing.error().fault, Fault::not_found);
}

}  // namespace
}  // namespace shomei::cli
