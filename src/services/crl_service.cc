#include "services/crl_service.h"

#include "pki/certificate.h"
#include "services/caching.h"
#include "services/problem.h"

namespace shomei::services {
namespace {

Result<journal::CrlRecord> find_crl(const CrlParts& parts, std::string_view file) {
  const std::string authority(file.substr(0, file.rfind('.')));
  SHOMEI_TRY(const auto rows, parts.engine.begin(journal::Access::read));
  SHOMEI_TRY(auto crl, rows->latest_crl(authority));
  if (!crl) return not_found("crl_unknown", {{"authority", authority}});
  return *std::move(crl);
}

http::Response crl_get(const CrlParts& parts, const http::Request& request, std::string_view file) {
  const bool pem = file.ends_with(".pem");
  auto crl = find_crl(parts, file);
  if (crl && !pem && !file.ends_with(".crl"))
    crl = not_found("crl_unknown", {{"authority", std::string(file)}});
  if (!crl) return problem(crl.error(), language_of(request));
  ++parts.downloads;
  const Bytes body = pem ? to_bytes(pki::to_pem("X509 CRL", crl->der)) : crl->der;
  auto response = http::answer(200, pem ? "application/x-pem-file" : "application/pkix-crl", body);
  add_caching(response, crl->this_update, crl->next_update, parts.clock.now());
  return response;
}

}  // namespace

void add_crl_routes(http::Router& router, CrlParts parts) {
  router.add_prefix("GET", "/crl/", [parts](const http::Request& request, std::string_view rest) {
    return crl_get(parts, request, rest);
  });
}

}  // namespace shomei::services
