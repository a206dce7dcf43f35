#include "remote/authority_client.h"

#include <thread>

#include "services/acts/certificate_json.h"
#include "services/problem.h"

namespace shomei::remote {
namespace {

using journal::CertificateRecord;
using Steady = std::chrono::steady_clock;

constexpr int kOk = 200;

Result<std::string> content_of(const http::Response& answer) {
  if (answer.status == kOk) return to_text(answer.body);
  return services::parse_problem(to_text(answer.body));
}

}  // namespace

AuthorityClient::AuthorityClient(http::Client client, texts::Language language, Patience patience)
    : client_(std::move(client)), language_(language), patience_(patience) {}

// Everything that is asked here may be asked twice.
Result<std::string> AuthorityClient::ask(const http::Client::Question& question) {
  const auto until = Steady::now() + patience_.whole;
  while (true) {
    const auto answer = client_.ask(question);
    auto content = answer ? content_of(*answer) : Result<std::string>(answer.error());
    if (content || content.error().fault != Fault::unavailable) return content;
    if (Steady::now() + patience_.pause >= until) return content;
    std::this_thread::sleep_for(patience_.pause);
  }
}

Result<std::string> AuthorityClient::post(std::string target, const std::string& body) {
  return ask({.method = "POST",
              .target = std::move(target),
              .headers = {{"Content-Type", "application/json"},
                          {"Accept-Language", language_ == texts::Language::ja ? "ja" : "en"}},
              .body = to_bytes(std::string_view(body)),
              .repeatable = true});
}

Result<CertificateRecord> AuthorityClient::act(std::string target, const std::string& body) {
  SHOMEI_TRY(const auto answer, post(std::move(target), body));
  return services::parse_certificate(answer);
}

Result<services::Outlook> AuthorityClient::decide(const services::Question& question) {
  SHOMEI_TRY(const auto answer, post("/acts/decide", services::encode(question)));
  return services::parse_outlook(answer);
}

Result<CertificateRecord> AuthorityClient::issue(const counter::CertificateRequest& request) {
  return act("/acts/issue", services::encode(request));
}

Result<CertificateRecord> AuthorityClient::confirm(const services::Confirmation& confirmation) {
  return act("/acts/confirm", services::encode(confirmation));
}

Result<CertificateRecord> AuthorityClient::revoke(const counter::StatusRequest& request) {
  return act("/acts/revoke", services::encode(request));
}

Result<CertificateRecord> AuthorityClient::suspend(const counter::StatusRequest& request) {
  return act("/acts/suspend", services::encode(request));
}

Result<CertificateRecord> AuthorityClient::restore(const counter::StatusRequest& request) {
  return act("/acts/restore", services::encode(request));
}

Result<std::string> AuthorityClient::block_key(const counter::BlockRequest& request) {
  return post("/acts/block-key", services::encode(request));
}

Result<Bytes> AuthorityClient::authority_certificate(const std::string& name) {
  SHOMEI_TRY(const auto der,
             ask({.method = "GET", .target = "/authorities/" + name + ".crt", .repeatable = true}));
  return to_bytes(std::string_view(der));
}

}  // namespace shomei::remote
