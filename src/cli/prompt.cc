#include "cli/prompt.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <optional>

namespace shomei::cli {
namespace {

constexpr std::size_t kSecretBytesMax = 256;

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

// One line, byte by byte so that nothing after it is swallowed; none at the end of the input.
Result<std::optional<SecretBytes>> read_line(int from) {
  Bytes line;
  line.reserve(kSecretBytesMax);  // no reallocation leaves a copy behind
  char c = 0;
  while (true) {
    const auto got = ::read(from, &c, 1);
    if (got == 0 && line.empty()) return std::optional<SecretBytes>{};
    if (got <= 0 || c == '\n') break;
    if (c == '\r') continue;
    if (line.size() == kSecretBytesMax) return malformed("secret_file_form");
    line.push_back(static_cast<std::uint8_t>(c));
  }
  return std::optional<SecretBytes>{SecretBytes::adopt(std::move(line))};
}

}  // namespace

Result<SecretBytes> ask_secret(std::string_view question) {
  const int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC);
  if (terminal < 0) return unavailable("no_terminal");
  auto line = [&] {
    const Silence silence(terminal);
    (void)!::write(terminal, question.data(), question.size());
    return read_line(terminal);
  }();
  (void)!::write(terminal, "\n", 1);
  ::close(terminal);
  SHOMEI_TRY(auto secret, std::move(line));
  if (!secret) return unavailable("no_terminal");
  return *std::move(secret);
}

Result<std::vector<SecretBytes>> read_secret_lines(const std::string& path, std::size_t lines_max) {
  const int from = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (from < 0) return not_found("secret_file_missing", {{"path", path}});
  std::vector<SecretBytes> lines;
  Result<void> done;
  while (lines.size() < lines_max) {
    auto line = read_line(from);
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

}  // namespace shomei::cli
