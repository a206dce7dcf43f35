#include "http/router.h"

#include <gtest/gtest.h>

namespace shomei::http {
namespace {

Response say(std::string_view what) {
  return answer(200, "text/plain", to_bytes(what));
}

Router a_router() {
  Router router;
  router
      .add_prefix("GET", "/ocsp/",
                  [](const Request&, std::string_view rest) { return say("ocsp:" + std::string(rest)); })
      .add_prefix("GET", "/ocsp/admin/",
                  [](const Request&, std::string_view rest) { return say("admin:" + std::string(rest)); })
      .add("POST", "/ocsp/", [](const Request&) { return say("post"); })
      .add("GET", "/crl", [](const Request&) { return say("crl"); })
      .add("PUT", "/crl", [](const Request&) { return say("put"); });
  return router;
}

Response ask(std::string method, std::string path) {
  Request request;
  request.method = std::move(method);
  request.path = std::move(path);
  return a_router()(request);
}

std::string text(const Response& response) {
  return to_text(response.content());
}

TEST(Router, PrefersTheExactPathThenTheLongerPrefix) {
  EXPECT_EQ(text(ask("GET", "/crl")), "crl");
  EXPECT_EQ(text(ask("GET", "/ocsp/MEI=")), "ocsp:MEI=");
  EXPECT_EQ(text(ask("GET", "/ocsp/admin/x")), "admin:x");
  EXPECT_EQ(text(ask("POST", "/ocsp/")), "post");
}

TEST(Router, SaysNotFoundAndWhichMethodsAreAllowed) {
  EXPECT_EQ(ask("GET", "/crl/").status, 404);
  EXPECT_EQ(ask("GET", "/").status, 404);
  const Response refused = ask("DELETE", "/crl");
  EXPECT_EQ(refused.status, 405);
  const std::string* allow = find_field(refused.headers, "allow");
  ASSERT_NE(allow, nullptr);
  EXPECT_EQ(*allow, "GET, HEAD, PUT");
  EXPECT_EQ(*find_field(ask("POST", "/ocsp/x").headers, "Allow"), "GET, HEAD");
}

TEST(Router, AnswersHeadByGetAndTakesMethodsCaseSensitively) {
  EXPECT_EQ(text(ask("HEAD", "/crl")), "crl");
  EXPECT_EQ(text(ask("HEAD", "/ocsp/a")), "ocsp:a");
  EXPECT_EQ(ask("HEAD", "/ocsp/").status, 405);  // the exact path has POST alone
  EXPECT_EQ(ask("get", "/crl").status, 405);
}

TEST(Router, MakesItsErrorsWithTheGivenPage) {
  Router router([](int status) { return answer(status, "text/x", to_bytes(std::string_view("page"))); });
  const Response missing = router(Request{});
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(text(missing), "page");
}

TEST(Message, FindsFieldsWithoutCaseAndParametersWithCase) {
  Request request;
  request.headers = {{"content-TYPE", "Application/OCSP-Request ; charset=x"}, {"X", "1"}, {"x", "2"}};
  request.query = {{"a", "1"}, {"A", "2"}};
  EXPECT_EQ(*request.header("x"), "1");
  EXPECT_EQ(request.header("y"), nullptr);
  EXPECT_EQ(*request.parameter("A"), "2");
  EXPECT_TRUE(same_name(request.media_type(), "application/ocsp-request"));
  EXPECT_FALSE(same_name("ab", "abc"));
}

}  // namespace
}  // namespace shomei::http
