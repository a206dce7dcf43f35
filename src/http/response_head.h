// The head of a response as it goes on the wire (RFC 9112 section 4).
#pragma once

#include <chrono>
#include <string>

#include "base/calendar.h"
#include "http/message.h"

namespace shomei::http {

struct Framing {
  bool keep_alive = true;
  bool http_1_0 = false;  // what the request spoke; HTTP/1.0 must be told when the connection stays open
  Instant now{};          // for Date, where the handler gave none
};

// Status line, fields and the empty line. The handler's own Content-Length, Connection and Transfer-Encoding
// are left out, and so is a field whose name or value could break the framing (CR, LF, NUL).
std::string encode_head(const Response& response, const Framing& framing);

// 1xx, 204 and 304 have no content, whatever the response holds (RFC 9110 6.4.1).
bool may_have_content(int status);

// "Sun, 06 Nov 1994 08:49:37 GMT": IMF-fixdate, RFC 9110 5.6.7. Years 0 to 9999.
std::string format_http_date(Instant at);

}  // namespace shomei::http
