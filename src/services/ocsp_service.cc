#include "services/ocsp_service.h"

#include "http/conditional.h"
#include "services/caching.h"
#include "services/problem.h"
#include "status/ocsp_get.h"

namespace shomei::services {
namespace {

// Revocations must show at once here; what a cache in front may keep is the operator's choice
// (docs/operations.md), so answers to GET carry the headers of RFC 5019 section 6.
http::Response ocsp_answer(const OcspParts& parts, ByteView request, bool may_be_cached) {
  const auto given = parts.responder.respond(request);
  ++(given.answer ? parts.counters.ocsp_answers : parts.counters.ocsp_unsigned);
  if (given.repeated) ++parts.counters.ocsp_repeated;
  auto response = http::answer(200, kOcspResponseType, to_bytes(given.der()));
  if (may_be_cached && given.cacheable)
    add_caching(response, given.answer->this_update, given.answer->next_update, parts.clock.now());
  else
    response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

http::Response ocsp_post(const OcspParts& parts, const http::Request& request) {
  const auto type = request.media_type();
  if (!type.empty() && !http::same_name(type, kOcspRequestType)) return problem_page(415);
  return ocsp_answer(parts, request.body, false);
}

}  // namespace

Bytes decoded_or_nothing(std::string_view path) {
  return status::decode_ocsp_get_path(path).value_or(Bytes{});
}

void add_ocsp_routes(http::Router& router, OcspParts parts) {
  const auto post = [parts](const http::Request& request) { return ocsp_post(parts, request); };
  router.add("POST", std::string(kOcspPath), post).add("POST", "/", post);
  // `rest` is of the path as http/target.h decodes it, which leaves '+' and '/' of base64 as they are: the
  // target as it was sent may have a scheme and a host in front.
  router.add_prefix("GET", std::string(kOcspPath) + "/",
                    [parts](const http::Request& request, std::string_view rest) {
                      return http::answer_conditionally(ocsp_answer(parts, decoded_or_nothing(rest), true),
                                                        request, parts.clock.now());
                    });
}

}  // namespace shomei::services
