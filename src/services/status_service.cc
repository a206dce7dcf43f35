#include "services/status_service.h"

#include "crypto/digest.h"
#include "http/response_head.h"
#include "pki/certificate.h"
#include "services/journal_service.h"
#include "services/problem.h"
#include "status/ocsp_get.h"

namespace shomei::services {
namespace {

constexpr std::string_view kOcspPath = "/ocsp";

void add_caching(http::Response& response, ByteView body, Instant from, Instant until, Instant now) {
  const auto age = std::max<std::int64_t>(0, (until - now).count());
  response.headers.push_back({"Last-Modified", http::format_http_date(from)});
  response.headers.push_back({"Expires", http::format_http_date(until)});
  response.headers.push_back({"ETag", "\"" + to_hex(crypto::sha1(body)) + "\""});
  response.headers.push_back(
      {"Cache-Control", "max-age=" + std::to_string(age) + ", public, no-transform, must-revalidate"});
}

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
    add_caching(response, answer.der, *answer.this_update, *answer.next_update, parts.clock.now());
  else
    response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

// `rest` is of the path as http/target.h decodes it, which leaves '+' and '/' of base64 as they are: the
// target as it was sent may have a scheme and a host in front.
http::Response ocsp_get(const StatusParts& parts, const http::Request& request, std::string_view rest) {
  const auto request_der = status::decode_ocsp_get_path(rest);
  if (!request_der) return problem(request_der.error(), language_of(request));
  return ocsp_answer(parts, *request_der, true);
}

http::Response ocsp_post(const StatusParts& parts, const http::Request& request) {
  const auto type = request.media_type();
  if (!type.empty() && !http::same_name(type, "application/ocsp-request")) return problem_page(415);
  return ocsp_answer(parts, request.body, false);
}

Result<journal::CrlRecord> find_crl(const StatusParts& parts, std::string_view file) {
  const std::string authority(file.substr(0, file.rfind('.')));
  SHOMEI_TRY(const auto rows, parts.engine.begin(journal::Access::read));
  SHOMEI_TRY(auto crl, rows->latest_crl(authority));
  if (!crl) return not_found("crl_unknown", {{"authority", authority}});
  return *std::move(crl);
}

http::Response crl_get(const StatusParts& parts, const http::Request& request, std::string_view file) {
  const bool pem = file.ends_with(".pem");
  auto crl = find_crl(parts, file);
  if (crl && !pem && !file.ends_with(".crl"))
    crl = not_found("crl_unknown", {{"authority", std::string(file)}});
  if (!crl) return problem(crl.error(), language_of(request));
  ++parts.counters.crls;
  const Bytes body = pem ? to_bytes(pki::to_pem("X509 CRL", crl->der)) : crl->der;
  auto response = http::answer(200, pem ? "application/x-pem-file" : "application/pkix-crl", body);
  add_caching(response, body, crl->this_update, crl->next_update, parts.clock.now());
  return response;
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
  router.add_prefix("GET", "/crl/", [parts](const http::Request& request, std::string_view rest) {
    return crl_get(parts, request, rest);
  });
  add_journal_routes(router, parts.engine);
  return router;
}

}  // namespace shomei::services
