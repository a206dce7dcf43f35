#include "services/crl_service.h"

#include "http/conditional.h"
#include "http/ranges.h"
#include "services/caching.h"
#include "services/crl_shelf.h"
#include "services/problem.h"

namespace shomei::services {
namespace {

http::Response whole_list(const CrlShelf::List& list, Instant now) {
  http::Response response{.shared_body = list.content};
  response.headers.push_back({"Content-Type", std::string(list.media_type)});
  add_caching(response, list.tag, list.this_update, list.next_update, now);
  return response;
}

http::Response crl_get(const CrlParts& parts, CrlShelf& shelf, const http::Request& request,
                       std::string_view file) {
  const auto list = shelf.find(file);
  if (!list) return problem(list.error(), language_of(request));
  const Instant now = parts.clock.now();
  auto response = http::answer_conditionally(whole_list(**list, now), request, now);
  response = http::answer_range(std::move(response), request);
  if (!response.content().empty()) ++parts.downloads;
  return response;
}

}  // namespace

void add_crl_routes(http::Router& router, CrlParts parts) {
  const auto shelf = std::make_shared<CrlShelf>(parts.engine);
  router.add_prefix("GET", "/crl/", [parts, shelf](const http::Request& request, std::string_view rest) {
    return crl_get(parts, *shelf, request, rest);
  });
}

}  // namespace shomei::services
