#include "services/caching.h"

#include "crypto/digest.h"
#include "http/response_head.h"

namespace shomei::services {

void add_caching(http::Response& response, Instant from, Instant until, Instant now) {
  const auto age = std::max<std::int64_t>(0, (until - now).count());
  response.headers.push_back({"Last-Modified", http::format_http_date(from)});
  response.headers.push_back({"Expires", http::format_http_date(until)});
  response.headers.push_back({"ETag", "\"" + to_hex(crypto::sha1(response.content())) + "\""});
  response.headers.push_back(
      {"Cache-Control", "max-age=" + std::to_string(age) + ", public, no-transform, must-revalidate"});
}

}  // namespace shomei::services
