// The request target, parsed and decoded (RFC 9112 3.2, RFC 3986). Read strictly: what decodes to a NUL or
// another control character, or climbs with "..", never reaches a handler.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace shomei::http {

struct Target {
  std::string
      path;      // decoded; '+' stays '+' and "//" stays "//", since base64 stands in paths (RFC 6960 A.1)
  Fields query;  // decoded; here '+' is a space, as HTML forms write it
};

// Origin form, absolute form (http and https; its authority is ignored) and "*"; malformed "target_form".
Result<Target> parse_target(std::string_view text);

}  // namespace shomei::http
