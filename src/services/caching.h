// The fields that let caches keep an answer exactly as long as it stands (RFC 5019 section 6; RFC 9111).
#pragma once

#include "base/calendar.h"
#include "http/message.h"

namespace shomei::services {

// Last-Modified `from`, Expires and max-age `until`, and an ETag that follows from the content. What is asked
// on a condition (http/conditional.h) or in parts (http/ranges.h) is answered from these.
void add_caching(http::Response& response, Instant from, Instant until, Instant now);

}  // namespace shomei::services
