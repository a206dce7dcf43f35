#include "services/status_service.h"

#include "http/conditional.h"
#include "services/caching.h"
#include "services/crl_service.h"
#include "services/journal_service.h"
#include "services/problem.h"
#include "status/ocsp_get.h"

namespace shomei::services {
namespace {

constexpr std::string_view kOcspPath = "/ocsp";

// Revocations must show at once here; what a cache in front may keep is the operator's choice
// (docs/operations.md), so answers to GET carry the headers of RFC 5019 section 6.
http::Response ocsp_answer(const StatusParts& parts, ByteView request, bool may_be_cached) {
  // A follower that is cut off or has come apart from the journal leaves the list to grow old: the responder
  // then says tryLater by itself.
  (void)parts.follower.catch_up();
  const auto answer = parts.responder.respond(request);
  ++(answer.this_update ? parts.counters.ocsp_answers : parts.counters.ocsp_unsigned);
  auto response = http::answer(200, "application/ocsp-response", answer.der);
  if (may_be_cached && answer.cacheable)
    add_caching(response, *answer.this_update, *answer.next_update, parts.clock.now());
  else
    response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

// `rest` is of the path as http/target.h decodes it, which leaves '+' and '/' of base64 as they are: the
// target as it was sent may have a scheme and a host in front.
http::Response ocsp_get(const StatusParts& parts, const http::Request& request, std::string_view rest) {
  const auto request_der = status::decode_ocsp_get_path(rest);
  if (!request_der) return problem(request_der.error(), language_of(request));
  return http::answer_conditionally(ocsp_answer(parts, *request_der, true), request, parts.clock.now());
}

http::Response ocsp_post(const StatusParts& parts, const http::Request& request) {
  const auto type = request.media_type();
  if (!type.empty() && !http::same_name(type, "application/ocsp-request")) return problem_page(415);
  return ocsp_answer(parts, request.body, false);
}

}  // namespace

http::Router status_routes(StatusParts parts) {
  http::Router router(problem_page);
  const auto post = [parts](const http::Request& request) { return ocsp_post(parts, request); };
  router.add("POST", std::string(kOcspPath), post).add("POST", "/", post);
  router.add_prefix("GET", std::string(kOcspPath) + "/",
                    [parts](const http::Request& request, std::string_view rest) {
                      return ocsp_get(parts, request, rest);
                    });
  add_crl_routes(router, {parts.engine, parts.clock, parts.counters.crls});
  add_journal_routes(router, parts.engine);
  return router;
}

}  // namespace shomei::services
