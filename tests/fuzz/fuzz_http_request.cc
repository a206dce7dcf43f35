// What a connection brings, in pieces whose sizes the input itself says: however it is cut, the same requests
// are found in it. What is none may be refused at once, or only when no more of it comes.
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string>

#include "http/request_reader.h"

namespace {

using shomei::http::RequestReader;

std::string found_in(std::string_view bytes, std::size_t piece) {
  RequestReader reader(2048, 4096);
  std::string found;
  while (true) {
    const auto step = reader.step();
    if (step == RequestReader::Step::refused) return found;
    if (step == RequestReader::Step::whole) {
      const auto request = reader.take().request;
      found += request.method + " " + request.target + " " + shomei::to_text(request.body) + "\n";
      continue;
    }
    if (bytes.empty()) return found;
    const auto room = reader.room();
    const auto count = std::min({bytes.size(), piece, room.size()});
    std::memcpy(room.data(), bytes.data(), count);
    reader.commit(count);
    bytes.remove_prefix(count);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (found_in(bytes, 1 + data[0]) != found_in(bytes, 8192)) std::abort();
  return 0;
}
