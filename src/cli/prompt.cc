#include "cli/prompt.h"

#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <optional>
#include <system_error>

namespace shomei::cli {
namespace {

constexpr std::size_t kSecretBytesMax = 256;
constexpr int kCancelPatience = 100;  // milliseconds that a cancellation may go unnoticed

volatile std::sig_atomic_t cancelled = 0;

// Turns the signals that would end or stop the process into `cancelled` for as long as it lives: a process
// that ends at once leaves the terminal without echo. What was ignored stays ignored (nohup, and jobs in the
// background).
class Cancellation {
 public:
  Cancellation() {
    cancelled = 0;
    struct sigaction notice {};
    notice.sa_handler = [](int) { cancelled = 1; };
    for (std::size_t i = 0; i < kSignals.size(); ++i) {
      ::sigaction(kSignals[i], nullptr, &before_[i]);
      if (before_[i].sa_handler != SIG_IGN) ::sigaction(kSignals[i], &notice, nullptr);
    }
  }
  ~Cancellation() {
    for (std::size_t i = 0; i < kSignals.size(); ++i) ::sigaction(kSignals[i], &before_[i], nullptr);
  }
  Cancellation(const Cancellation&) = delete;
  Cancellation& operator=(const Cancellation&) = delete;

 private:
  static constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
  std::array<struct sigaction, kSignals.size()> before_{};
};

// Switches the echo off for as long as it lives, also when the reading fails.
class Silence {
 public:
  explicit Silence(int terminal) : terminal_(terminal) {
    was_on_ = tcgetattr(terminal_, &before_) == 0;
    if (!was_on_) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(terminal_, TCSAFLUSH, &silent);
  }
  ~Silence() {
    if (was_on_) tcsetattr(terminal_, TCSAFLUSH, &before_);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  int terminal_;
  bool was_on_ = false;
  termios before_{};
};

// A byte of the input: none at its end, or the errno of what went wrong.
struct Got {
  std::optional<std::uint8_t> byte;
  int number = 0;
};

Got read_byte(int from) {
  std::uint8_t byte = 0;
  while (true) {
    const auto count = ::read(from, &byte, 1);
    if (count == 1) return {byte, 0};
    if (count == 0) return {};
    if (errno != EINTR) return {std::nullopt, errno};
  }
}

// The terminal does not block: a key that is flushed away between the two calls would be waited for, and no
// signal heard.
Got read_key(int terminal) {
  while (cancelled == 0) {
    pollfd waiting{.fd = terminal, .events = POLLIN, .revents = 0};
    if (::poll(&waiting, 1, kCancelPatience) <= 0) continue;
    const auto got = read_byte(terminal);
    if (got.number != EAGAIN) return got;
  }
  return {std::nullopt, ECANCELED};
}

Error read_error(const std::string& path, int number) {
  if (number == ECANCELED) return refused("prompt_cancelled");
  if (number == ENOENT) return not_found("secret_file_missing", {{"path", path}});
  return unavailable("secret_file_unreadable",
                     {{"path", path}, {"system", std::generic_category().message(number)}});
}

// One line, byte by byte so that nothing after it is swallowed; none at the end of the input.
template <class ReadByte>
Result<std::optional<SecretBytes>> read_line(ReadByte read, const std::string& path) {
  Bytes line;
  line.reserve(kSecretBytesMax);  // no reallocation leaves a copy behind
  const auto take_away = [&] { return SecretBytes::adopt(std::move(line)); };
  while (true) {
    const Got got = read();
    if (got.number != 0) {
      const auto wiped = take_away();
      return read_error(path, got.number);
    }
    if (!got.byte && line.empty()) return std::optional<SecretBytes>{};
    if (!got.byte || got.byte == '\n') return std::optional<SecretBytes>{take_away()};
    if (got.byte == '\r') continue;
    if (line.size() == kSecretBytesMax) {
      const auto wiped = take_away();
      return malformed("secret_file_form", {{"path", path}});
    }
    line.push_back(*got.byte);
  }
}

}  // namespace

Result<SecretBytes> ask_secret(std::string_view question) {
  const int terminal = ::open("/dev/tty", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (terminal < 0) return unavailable("no_terminal");
  auto line = [&] {
    const Cancellation cancellation;
    const Silence silence(terminal);
    (void)!::write(terminal, question.data(), question.size());
    return read_line([&] { return read_key(terminal); }, "/dev/tty");
  }();
  (void)!::write(terminal, "\n", 1);
  ::close(terminal);
  SHOMEI_TRY(auto secret, std::move(line));
  if (!secret) return refused("prompt_cancelled");
  return *std::move(secret);
}

Result<std::vector<SecretBytes>> read_secret_lines(const std::string& path, std::size_t lines_max) {
  const int from = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (from < 0) return read_error(path, errno);
  std::vector<SecretBytes> lines;
  Result<void> done;
  while (lines.size() < lines_max) {
    auto line = read_line([&] { return read_byte(from); }, path);
    if (!line) {
      done = std::move(line).error();
      break;
    }
    if (!*line) break;
    lines.push_back(**std::move(line));
  }
  if (from != STDIN_FILENO) ::close(from);
  if (!done) return std::move(done).error();
  return lines;
}

Result<std::optional<SecretBytes>> read_secret_line(int descriptor) {
  return read_line([&] { return read_byte(descriptor); }, "/dev/fd/" + std::to_string(descriptor));
}

}  // namespace shomei::cli
