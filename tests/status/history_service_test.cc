// The past over HTTP: what it answers, what it keeps to itself, and that it does one walk at a time.
#include "services/history_service.h"

#include <gtest/gtest.h>

#include "services/problem.h"
#include "tests/status/past_country.h"

namespace shomei::services {
namespace {

using status::PastCountry;

const status::CertificateName kOne{"signature-1", status::serial("0A0B0C0D0E0F")};
const status::CertificateName kOther{"signature-1", status::serial("1A1B1C1D1E1F")};

class HistoryServiceTest : public testing::Test {
 protected:
  HistoryServiceTest() : router_(problem_page) {
    country_.clock_.at = PastCountry::second(10);
    country_.record({PastCountry::issue(kOne), PastCountry::issue(kOther)});
    country_.clock_.at = PastCountry::second(20);
    country_.record({journal::CertificateSuspended{"signature-1", kOne.serial, PastCountry::second(20)}});
    country_.clock_.at = PastCountry::second(60);
    add_history_routes(
        router_, {country_.engine_, country_.clock_, country_.key_,
                  [this](const std::string& name) -> Result<HistoryParts::Signing> {
                    if (while_asked_) while_asked_();
                    const auto found = country_.delegates_.find(name);
                    if (found == country_.delegates_.end())
                      return unavailable("status_delegate_missing", {{"authority", name}});
                    return HistoryParts::Signing{found->second.signer.get(), found->second.certificate_der};
                  },
                  1});
  }

  http::Response get(const std::string& serial, const std::string& at, const std::string& accept = "",
                     const std::string& authority = "signature-1") {
    http::Request request{.method = "GET", .target = "/status", .path = "/status"};
    request.query = {{"authority", authority}, {"serial", serial}, {"at", at}};
    if (!accept.empty()) request.headers.push_back({"Accept", accept});
    return router_(request);
  }
  static std::string at(int second) { return format_utc(PastCountry::second(second)); }
  static std::string field(const http::Response& response, std::string_view name) {
    const auto* value = http::find_field(response.headers, name);
    return value ? *value : "";
  }
  static std::string text(const http::Response& response) { return to_text(response.content()); }

  status::PastCountry country_;
  http::Router router_;
  std::function<void()> while_asked_;
};

TEST_F(HistoryServiceTest, AnswersWithASignedStatement) {
  const auto response = get(kOne.serial.hex(), at(25));
  ASSERT_EQ(response.status, 200) << text(response);
  EXPECT_EQ(field(response, "Content-Type"), "application/jose+json");
  EXPECT_EQ(field(response, "Cache-Control"), "no-store");
  const auto checked = status::check_statement(text(response), country_.key_).value();
  EXPECT_TRUE(checked.signer.has_value());
  EXPECT_EQ(checked.statement.now().state, status::PastState::suspended);
  EXPECT_EQ(checked.withheld, std::vector<std::uint64_t>{2})
      << "the other serial number is nobody's business";
  EXPECT_EQ(text(response).find(kOther.serial.hex()), std::string::npos);
}

TEST_F(HistoryServiceTest, AnswersWithoutASignatureToWhoWantsJsonAlone) {
  while_asked_ = [] { ADD_FAILURE() << "no key is asked for"; };
  const auto response = get(kOne.serial.hex(), at(15), "application/json");
  ASSERT_EQ(response.status, 200);
  EXPECT_EQ(field(response, "Content-Type"), "application/json");
  EXPECT_EQ(field(response, "Vary"), "Accept");
  const auto checked = status::check_statement(text(response), country_.key_).value();
  EXPECT_FALSE(checked.signer.has_value());
  EXPECT_TRUE(checked.statement.good());
}

TEST_F(HistoryServiceTest, RefusesWhatItCannotAnswer) {
  EXPECT_EQ(get(kOne.serial.hex(), at(61)).status, 403) << "it is still to come";
  EXPECT_EQ(get("0A0B0C0D0E0F", "yesterday").status, 400);
  EXPECT_EQ(get("none", at(25)).status, 400);
  EXPECT_EQ(get("", at(25)).status, 400);
  EXPECT_EQ(get(kOne.serial.hex(), at(25), "", "signature-9").status, 503);
  EXPECT_EQ(get(kOne.serial.hex(), at(25), "application/json", "signature-9").status, 404);
  const auto unknown = get("99", at(25));
  ASSERT_EQ(unknown.status, 200);
  EXPECT_EQ(status::check_statement(text(unknown), country_.key_)->statement.now().state,
            status::PastState::unknown);
}

// Its second answer is asked for while the walk's place is held.
class HookedClock final : public Clock {
 public:
  InstantMs now_ms() const override {
    if (++asked == 2) hook();
    return PastCountry::second(60);
  }
  mutable int asked = 0;
  std::function<void()> hook;
};

TEST_F(HistoryServiceTest, WhoComesWhileAnotherIsAnsweredIsToldWhenToComeBack) {
  HookedClock clock;
  http::Router router(problem_page);
  add_history_routes(router, {country_.engine_, clock, country_.key_, {}, 1});
  const http::Request request{.method = "GET",
                              .target = "/status",
                              .path = "/status",
                              .query = {{"authority", "signature-1"}, {"serial", "99"}, {"at", at(25)}},
                              .headers = {{"Accept", "application/json"}}};
  http::Response meanwhile;
  clock.hook = [&] { meanwhile = router(request); };
  EXPECT_EQ(router(request).status, 200);
  EXPECT_EQ(meanwhile.status, 503);
  EXPECT_EQ(field(meanwhile, "Retry-After"), "10");
  EXPECT_NE(text(meanwhile).find("history_busy"), std::string::npos);
  EXPECT_EQ(router(request).status, 200) << "the place was given back";
}

}  // namespace
}  // namespace shomei::services
