// The fields that let caches keep an answer exactly as long as it stands (RFC 5019 section 6; RFC 9111).
#pragma once

#include <string>

#include "base/calendar.h"
#include "http/message.h"

namespace shomei::services {

// A strong ETag that follows from the content alone.
std::string entity_tag(ByteView content);

// Last-Modified `from`, Expires and max-age `until`, and the ETag. What is asked on a condition
// (http/conditional.h) or in parts (http/ranges.h) is answered from these.
void add_caching(http::Response& response, std::string tag, Instant from, Instant until, Instant now);
// With the ETag of the content that it has.
void add_caching(http::Response& response, Instant from, Instant until, Instant now);

}  // namespace shomei::services
