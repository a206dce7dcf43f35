// Conditional requests (RFC 9110 section 13), of a response that has its validators: ETag and Last-Modified.
// Pure: from the answer as it would be to the answer that is sent.
#pragma once

#include <string_view>

#include "base/calendar.h"
#include "http/message.h"

namespace shomei::http {

// 304 in the place of what the client has (If-None-Match; without it If-Modified-Since), 412 where it asked
// for another (If-Match; without it If-Unmodified-Since), else the response as it came. GET and HEAD with a
// response of status 200 alone; a date that does not parse is passed over, as 13.1.3 demands. `now` reads
// years of two digits.
Response answer_conditionally(Response response, const Request& request, Instant now);

// How entity-tags compare (RFC 9110 8.8.3.2). A weak one is never the same as anything in the strong way.
enum class Comparison { weak, strong };
bool same_tag(std::string_view a, std::string_view b, Comparison how);

}  // namespace shomei::http
