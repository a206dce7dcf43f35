// A body in chunks (RFC 9112 7.1). Extensions are skipped, trailers are read strictly and thrown away.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace shomei::wire {

struct Unchunked {
  int status = 0;          // 400 or 413: refused
  std::size_t used = 0;    // of what was given, when it is whole
  std::size_t wanted = 0;  // not whole: so many bytes at least
  bool whole = false;
};

// The data goes to the end of `body`, which may be left with a part of it when it is not whole.
Unchunked read_chunks(std::string_view bytes, std::size_t body_bytes_max, std::string& body);

// As many bytes at most are waited for, with sizes, extensions and trailers.
std::size_t chunked_bytes_max(std::size_t body_bytes_max);

}  // namespace shomei::wire
