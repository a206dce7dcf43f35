#include "services/access.h"

#include <gtest/gtest.h>

#include <thread>

namespace shomei::services {
namespace {

using Answer = Access::Answer;

crypto::Sha256 digest_of(std::string_view text) {
  return crypto::sha256(view(text));
}

AccessRules rules(bool registered_only) {
  return {registered_only,
          3,
          {{"bank.example", digest_of("secret"), {}, 0}, {"shop.example", {}, digest_of("der"), 2}}};
}

TEST(Access, WithoutRulesEverybodyMayAsk) {
  Access access({});
  EXPECT_TRUE(access.is_free());
  EXPECT_EQ(access.admit("", {}, "192.0.2.1"), Answer::admitted);
}

TEST(Access, RegisteredOnlyLetsInByTokenOrCertificate) {
  Access access(rules(true));
  EXPECT_FALSE(access.is_free());
  EXPECT_EQ(access.admit("Bearer secret", {}, "192.0.2.1"), Answer::admitted);
  EXPECT_EQ(access.admit("bearer secret", {}, "192.0.2.1"), Answer::admitted) << "the scheme has no case";
  EXPECT_EQ(access.admit("", digest_of("der"), "192.0.2.1"), Answer::admitted);
  for (const auto* wrong :
       {"", "Bearer ", "Bearer", "Bearer secrets", "Bearer  secret", "Basic secret", "secret"})
    EXPECT_EQ(access.admit(wrong, {}, "192.0.2.1"), Answer::unregistered) << wrong;
  EXPECT_EQ(access.admit("", digest_of("other"), "192.0.2.1"), Answer::unregistered);
  EXPECT_EQ(access.admit("Bearer " + std::string(10'000, 'a'), {}, "192.0.2.1"), Answer::unregistered);
  EXPECT_EQ(access.turned_away(), 9U);
  EXPECT_EQ(access.admit("Bearer " + access.own_token(), {}, ""), Answer::admitted);
}

TEST(Access, EachVerifierHasItsOwnRate) {
  Access access(rules(true));
  for (int i = 0; i < 2; ++i) EXPECT_EQ(access.admit("", digest_of("der"), "192.0.2.1"), Answer::admitted);
  EXPECT_EQ(access.admit("", digest_of("der"), "192.0.2.1"), Answer::too_often);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(access.admit("Bearer secret", {}, "192.0.2.1"), Answer::admitted);
  const auto asked = access.asked();
  EXPECT_EQ(asked.at(0).admitted, 100U);
  EXPECT_EQ(asked.at(1).admitted, 2U);
  EXPECT_EQ(asked.at(1).refused, 1U);
  std::this_thread::sleep_for(std::chrono::milliseconds(700));
  EXPECT_EQ(access.admit("", digest_of("der"), "192.0.2.1"), Answer::admitted)
      << "half a second gives one back";
}

TEST(Access, StrangersShareARateByTheirAddress) {
  Access access(rules(false));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(access.admit("", {}, "192.0.2.1"), Answer::admitted);
  EXPECT_EQ(access.admit("", {}, "192.0.2.1"), Answer::too_often);
  EXPECT_EQ(access.admit("", {}, "192.0.2.2"), Answer::admitted);
  EXPECT_EQ(access.admit("Bearer secret", {}, "192.0.2.1"), Answer::admitted) << "a verifier is no stranger";
}

TEST(Access, GuardsWhatTellsAboutCertificatesAlone) {
  Access access(rules(true));
  const auto handler = guarded(access, [](const http::Request&) {
    auto response = http::answer(200, "text/plain", {});
    response.headers.push_back({"Cache-Control", "max-age=9, public"});
    return response;
  });
  http::Request asked{.method = "GET", .path = "/crl/signature-1.crl"};
  asked.headers.push_back({"Authorization", "Bearer secret"});
  EXPECT_EQ(*http::find_field(handler(asked).headers, "Cache-Control"), "max-age=9, private");
  const auto status = [&](std::string path, std::string authorization = "") {
    http::Request request{.method = "GET", .path = std::move(path)};
    if (!authorization.empty()) request.headers.push_back({"authorization", authorization});
    return handler(request).status;
  };
  for (const auto* path : {"/", "/ocsp", "/ocsp/AAAA", "/crl/signature-1.crl", "/status", "/filter"}) {
    EXPECT_EQ(status(path), 401) << path;
    EXPECT_EQ(status(path, "Bearer secret"), 200) << path;
  }
  EXPECT_EQ(access.turned_away(), 6U) << "each refusal is counted once";
  for (const auto* path : {"/checkpoint", "/tile/0/000", "/freshness"}) EXPECT_EQ(status(path), 200) << path;
}

}  // namespace
}  // namespace shomei::services
