#include "services/authority_service.h"

#include <array>
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

constexpr std::array<std::string_view, 3> kBeside{"-crl", "-new-with-old", "-old-with-new"};

std::optional<Bytes> beside(const PublishedCertificate& published, const std::string& name) {
  return published ? published(name) : std::nullopt;
}

http::Response list(journal::Engine& engine, const PublishedCertificate& published,
                    const http::Request& request) {
  const auto authorities = all(engine);
  if (!authorities) return problem(authorities.error(), language_of(request));
  nlohmann::json document = nlohmann::json::array();
  for (const auto& a : *authorities) {
    nlohmann::json one{
        {"name", a.name}, {"kind", pki::name(a.kind)}, {"certificate", "/authorities/" + a.name + ".crt"}};
    for (const auto suffix : kBeside)
      if (beside(published, a.name + std::string(suffix)))
        one["beside"].push_back("/authorities/" + a.name + std::string(suffix) + ".crt");
    document.push_back(std::move(one));
  }
  return http::answer(200, "application/json", to_bytes(nlohmann::json{{"authorities", document}}.dump()));
}

http::Response der_or_pem(std::string_view file, const std::string& name, ByteView der) {
  if (file == name + ".crt") return http::answer(200, "application/pkix-cert", to_bytes(der));
  return http::answer(200, "application/x-pem-file", to_bytes(pki::to_pem("CERTIFICATE", der)));
}

http::Response certificate(journal::Engine& engine, const PublishedCertificate& published,
                           const http::Request& request, std::string_view file) {
  const auto authorities = all(engine);
  if (!authorities) return problem(authorities.error(), language_of(request));
  const auto is = [&](const std::string& name) { return file == name + ".crt" || file == name + ".pem"; };
  for (const auto& a : *authorities) {
    if (is(a.name)) return der_or_pem(file, a.name, a.certificate);
    for (const auto suffix : kBeside) {
      const std::string name = a.name + std::string(suffix);
      if (!is(name)) continue;
      if (const auto der = beside(published, name)) return der_or_pem(file, name, *der);
    }
  }
  return problem(not_found("authority_file_unknown", {{"file", std::string(file)}}), language_of(request));
}

}  // namespace

http::Router authority_routes(journal::Engine& engine, PublishedCertificate published) {
  http::Router router(problem_page);
  router.add("GET", "/authorities",
             [&engine, published](const http::Request& request) { return list(engine, published, request); });
  router.add_prefix("GET", "/authorities/",
                    [&engine, published](const http::Request& request, std::string_view rest) {
                      return certificate(engine, published, request, rest);
                    });
  add_journal_routes(router, engine);
  return router;
}

}  // namespace shomei::services
