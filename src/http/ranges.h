// Parts of a response (RFC 9110 section 14): for large content that is fetched on where a connection broke.
// Pure: from the whole answer to the answer that is sent; shared content is not copied.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "http/message.h"

namespace shomei::http {

// What a Range field asks of content that has `size` bytes.
struct WantedRange {
  enum class Is { whole, part, nothing };
  Is is = Is::whole;  // also what is no range of bytes, and several ranges: a server may send all of it
  std::uint64_t first = 0, size = 0;  // of the part
  bool operator==(const WantedRange&) const = default;
};
WantedRange parse_range(std::string_view field, std::uint64_t content_size);

// The response with Accept-Ranges; 206 with the part that a GET asks for, 416 where there is nothing of it. A
// response of another status than 200 stays as it is. If-Range lets a part through only with the ETag that
// stands: a date is no strong validator of what may change twice in a second (RFC 9110 8.8.2.2).
Response answer_range(Response response, const Request& request);

}  // namespace shomei::http
