#include "services/authority_service.h"

#include <nlohmann/json.hpp>

#include "pki/certificate.h"
#include "services/journal_service.h"
#include "services/problem.h"

namespace shomei::services {
namespace {

Result<std::vector<journal::AuthorityRecord>> all(journal::Engine& engine) {
  SHOMEI_TRY(const auto rows, engine.begin(journal::Access::read));
  return rows->list_authorities();
}

http::Response list(journal::Engine& engine, const http::Request& request) {
  const auto authorities = all(engine);
  if (!authorities) return problem(authorities.error(), language_of(request));
  nlohmann::json document = nlohmann::json::array();
  for (const auto& a : *authorities)
    document.push_back(
        {{"name", a.name}, {"kind", pki::name(a.kind)}, {"certificate", "/authorities/" + a.name + ".crt"}});
  return http::answer(200, "application/json", to_bytes(nlohmann::json{{"authorities", document}}.dump()));
}

http::Response certificate(journal::Engine& engine, const http::Request& request, std::string_view file) {
  const auto authorities = all(engine);
  if (!authorities) return problem(authorities.error(), language_of(request));
  for (const auto& a : *authorities) {
    if (file == a.name + ".crt") return http::answer(200, "application/pkix-cert", a.certificate);
    if (file == a.name + ".pem")
      return http::answer(200, "application/x-pem-file", to_bytes(pki::to_pem("CERTIFICATE", a.certificate)));
  }
  return problem(not_found("authority_file_unknown", {{"file", std::string(file)}}), language_of(request));
}

}  // namespace

http::Router authority_routes(journal::Engine& engine) {
  http::Router router(problem_page);
  router.add("GET", "/authorities",
             [&engine](const http::Request& request) { return list(engine, request); });
  router.add_prefix("GET", "/authorities/", [&engine](const http::Request& request, std::string_view rest) {
    return certificate(engine, request, rest);
  });
  add_journal_routes(router, engine);
  return router;
}

}  // namespace shomei::services
