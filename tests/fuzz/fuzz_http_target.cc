// A request target that is accepted names a place below "/" and can be said again: percent-encoding every
// byte of the decoded path and parsing that gives the same path.
#include <cstdlib>

#include "http/target.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

std::string encoded(const std::string& path) {
  std::string text;
  for (const char c : path)
    text += c == '/' ? "/" : "%" + shomei::to_hex(shomei::view(std::string_view(&c, 1)));
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto target = shomei::http::parse_target(text);
  if (!target || target->path == "*") return 0;
  require(target->path.starts_with('/'));
  require((target->path + "/").find("/../") == std::string::npos);
  require(target->query.size() <= 64);
  const auto again = shomei::http::parse_target(encoded(target->path));
  require(again && again->path == target->path);
  return 0;
}
