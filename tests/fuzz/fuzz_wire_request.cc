// What a connection brings, in pieces whose sizes the input itself says: however it is cut, the same requests
// are found in it, and it is refused or it is not. Beyond what is there nothing is read.
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

#include "wire/request.h"

namespace {

using shomei::wire::Parsed;

constexpr shomei::wire::RequestLimits kLimits{.head_bytes_max = 2048, .body_bytes_max = 1024};

// The sanitizer sees the end of what is given.
Parsed parse(const std::string& bytes, std::unique_ptr<char[]>& exact, shomei::wire::RequestView& view) {
  exact = std::make_unique<char[]>(bytes.size());
  std::memcpy(exact.get(), bytes.data(), bytes.size());
  return shomei::wire::parse_request({exact.get(), bytes.size()}, kLimits, view);
}

std::string found_in(std::string_view bytes, std::size_t piece) {
  shomei::wire::RequestView view;
  std::string found, held;
  std::unique_ptr<char[]> exact;
  std::size_t wanted = 0;
  while (!bytes.empty()) {
    held += bytes.substr(0, piece);
    bytes.remove_prefix(std::min(piece, bytes.size()));
    if (held.size() < wanted && !bytes.empty()) continue;
    for (Parsed parsed; !held.empty(); held.erase(0, parsed.used)) {
      parsed = parse(held, exact, view);
      wanted = parsed.wanted;
      if (parsed.outcome == Parsed::Outcome::refused) return found + "refused";
      if (parsed.used > held.size()) std::abort();
      if (parsed.outcome == Parsed::Outcome::more) break;
      found.append(view.method).append(" ").append(view.target).append(" ").append(view.body);
      for (const auto& field : view.fields())
        found.append("\n").append(field.name).append(":").append(field.value);
      found += view.keep_alive ? " stays\n" : " closes\n";
    }
    if (held.size() > 8192) std::abort();  // what is waited for has a limit
  }
  return found;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (found_in(bytes, 1 + data[0]) != found_in(bytes, 4096)) std::abort();
  return 0;
}
