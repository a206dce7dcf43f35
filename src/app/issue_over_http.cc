#include "app/issue_over_http.h"

#include "services/acts/act_requests.h"
#include "services/problem.h"

namespace shomei::app {
namespace {

constexpr int kOk = 200;

http::Client::Question question_of(const counter::CertificateRequest& request) {
  return {.method = "POST",
          .target = "/acts/issue",
          .headers = {{"Content-Type", "application/json"}},
          .body = to_bytes(std::string_view(services::encode(request))),
          .repeatable = true};
}

}  // namespace

Result<std::unique_ptr<IssuingOverHttp>> IssuingOverHttp::start(home::Home& home, const IssuingWork& work) {
  if (home.settings().acts.listen.empty()) return refused("bench_needs_acts");
  std::unique_ptr<IssuingOverHttp> over(new IssuingOverHttp);
  for (const auto& request : work.requests) over->questions_.push_back(question_of(request));
  SHOMEI_TRY(over->tier_, ActsTier::start(home, [](std::string_view) {}));
  return over;
}

Result<Issue> IssuingOverHttp::make_issue() const {
  SHOMEI_TRY(auto place, http::parse_place(tier_->url()));
  SHOMEI_TRY(auto made, http::Client::make(std::move(place)));
  // What a std::function holds can be copied.
  const auto client = std::make_shared<http::Client>(std::move(made));
  return Issue([this, client](std::size_t request) -> Result<void> {
    SHOMEI_TRY(const auto answer, client->ask(questions_[request]));
    if (answer.status == kOk) return {};
    return services::parse_problem(to_text(answer.body));
  });
}

}  // namespace shomei::app
