#include "app/read_stdin.h"

#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace shomei::app {

Result<Bytes> read_stdin(std::size_t bytes_max) {
  Bytes content(bytes_max + 1);
  std::size_t filled = 0;
  while (filled < content.size()) {
    const auto count = ::read(STDIN_FILENO, content.data() + filled, content.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0)
      return unavailable("file_unreadable",
                         {{"path", "-"}, {"system", std::generic_category().message(errno)}});
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  if (filled > bytes_max)
    return malformed("file_too_large", {{"path", "-"}, {"bytes_max", std::to_string(bytes_max)}});
  content.resize(filled);
  return content;
}

}  // namespace shomei::app
