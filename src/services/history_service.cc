#include "services/history_service.h"

#include <atomic>
#include <memory>

#include "services/problem.h"
#include "status/past/make_statement.h"

namespace shomei::services {
namespace {

constexpr std::string_view kRetryAfterSeconds = "10";

// How many walks are under way.
class Places {
 public:
  explicit Places(unsigned max) : free_(static_cast<int>(max)) {}
  // Null when all are taken; given back when it is destroyed.
  std::shared_ptr<void> take() {
    if (free_.fetch_sub(1) > 0) return {this, [this](void*) { ++free_; }};
    ++free_;
    return nullptr;
  }

 private:
  std::atomic<int> free_;
};

Result<std::string> parameter(const http::Request& request, std::string_view name) {
  const auto* value = request.parameter(name);
  if (!value || value->empty()) return malformed("query_missing", {{"member", std::string(name)}});
  return *value;
}

Result<status::Question> question_of(const http::Request& request) {
  status::Question question;
  SHOMEI_TRY(question.certificate.authority, parameter(request, "authority"));
  SHOMEI_TRY(const auto serial, parameter(request, "serial"));
  SHOMEI_TRY(question.certificate.serial, pki::SerialNumber::parse_hex(serial));
  SHOMEI_TRY(const auto at, parameter(request, "at"));
  SHOMEI_TRY(question.at, parse_instant(at));
  return question;
}

// What costs little comes first.
Result<std::string> answer(const HistoryParts& parts, Places& places, const http::Request& request,
                           bool wants_signature) {
  SHOMEI_TRY(const auto question, question_of(request));
  HistoryParts::Signing signing;
  if (wants_signature) {
    SHOMEI_TRY(signing, parts.signing(question.certificate.authority));
  }
  SHOMEI_TRY(const auto rows, parts.engine.begin(journal::Access::read));
  SHOMEI_CHECK(status::expect_past(*rows, question.at, parts.clock));
  const auto place = places.take();
  if (!place) return unavailable("history_busy");
  SHOMEI_TRY(const auto life, status::walk_life(*rows, question.certificate));
  SHOMEI_TRY(const auto statement, status::make_statement(*rows, life, question, parts.clock, parts.key,
                                                          status::Disclosure::own_parts));
  if (!wants_signature) return status::encode_statement(statement);
  return status::sign_statement(statement, *signing.signer, signing.certificate);
}

http::Response respond(const HistoryParts& parts, Places& places, const http::Request& request) {
  const auto* accepted = request.header("Accept");
  const bool plain = accepted && accepted->find("application/json") != std::string::npos;
  const auto text = answer(parts, places, request, !plain);
  if (!text) {
    auto response = problem(text.error(), language_of(request));
    if (response.status == 503) response.headers.push_back({"Retry-After", std::string(kRetryAfterSeconds)});
    return response;
  }
  auto response =
      http::answer(200, plain ? "application/json" : "application/jose+json", to_bytes(*text + "\n"));
  response.headers.push_back({"Cache-Control", "no-store"});  // what is known may be more in a minute
  response.headers.push_back({"Vary", "Accept"});
  return response;
}

}  // namespace

void add_history_routes(http::Router& router, HistoryParts parts) {
  const auto places = std::make_shared<Places>(parts.walks_max);
  router.add("GET", "/status", [parts = std::move(parts), places](const http::Request& request) {
    return respond(parts, *places, request);
  });
}

}  // namespace shomei::services
