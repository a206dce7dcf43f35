#include "remote/authority_client.h"

#include <thread>

#include "json/parse_object.h"
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

Result<std::string> AuthorityClient::approve(const services::Agreement& agreement) {
  return post("/acts/approve", services::encode(agreement));
}

Result<services::CardTurn> AuthorityClient::turn(std::string target, const std::string& body) {
  SHOMEI_TRY(const auto answer, post(std::move(target), body));
  return services::parse_card_turn(answer);
}

Result<services::CardTurn> AuthorityClient::open_card(const services::CardOpening& opening) {
  return turn("/acts/card/open", services::encode(opening));
}

Result<services::CardTurn> AuthorityClient::begin_errand(const services::CardErrand& errand) {
  return turn("/acts/card/errand", services::encode(errand));
}

Result<services::CardTurn> AuthorityClient::go_on(const services::CardAnswers& answers) {
  return turn("/acts/card/answers", services::encode(answers));
}

Result<SecretBytes> AuthorityClient::blank_card(const services::CardOpening& opening) {
  SHOMEI_TRY(const auto answer, post("/acts/card/blank", services::encode(opening)));
  const auto document = json::parse_object(answer, services::kActBytesMax);
  if (!document) return malformed("answer_form", {{"what", std::string(document.error().code)}});
  const auto memory = document->find("memory");
  if (memory == document->end() || !memory->is_string())
    return malformed("answer_form", {{"what", "memory"}});
  SHOMEI_TRY(auto bytes, from_base64(memory->get_ref<const std::string&>()));
  return SecretBytes::adopt(std::move(bytes));
}

}  // namespace shomei::remote
