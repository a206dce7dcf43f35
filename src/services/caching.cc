#include "services/caching.h"

#include <algorithm>

#include "crypto/digest.h"
#include "http/response_head.h"

namespace shomei::services {

std::string entity_tag(ByteView content) {
  return "\"" + to_hex(crypto::sha1(content)) + "\"";
}

void add_caching(http::Response& response, std::string tag, Instant from, Instant until, Instant now) {
  const auto age = std::max<std::int64_t>(0, (until - now).count());
  response.headers.push_back({"Last-Modified", http::format_http_date(from)});
  response.headers.push_back({"Expires", http::format_http_date(until)});
  response.headers.push_back({"ETag", std::move(tag)});
  response.headers.push_back(
      {"Cache-Control", "max-age=" + std::to_string(age) + ", public, no-transform, must-revalidate"});
}

void add_caching(http::Response& response, Instant from, Instant until, Instant now) {
  add_caching(response, entity_tag(response.content()), from, until, now);
}

}  // namespace shomei::services
