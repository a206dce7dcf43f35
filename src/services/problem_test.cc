#include "services/problem.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace shomei::services {
namespace {

nlohmann::json members(const http::Response& response) {
  return nlohmann::json::parse(to_text(response.content()));
}

TEST(Problem, GivesEveryFaultItsStatus) {
  EXPECT_EQ(problem(malformed("hex_form")).status, 400);
  EXPECT_EQ(problem(refused("hex_form")).status, 403);
  EXPECT_EQ(problem(not_found("hex_form")).status, 404);
  EXPECT_EQ(problem(conflict("hex_form")).status, 409);
  EXPECT_EQ(problem(unavailable("hex_form")).status, 503);
  EXPECT_EQ(problem(internal("hex_form")).status, 500);
}

TEST(Problem, SaysWhatIsWrongAndWhichRuleSaysSo) {
  const auto response = problem(malformed("hex_form", {{"text", "xyz"}}, "RFC 4648 8"));
  EXPECT_EQ(*http::find_field(response.headers, "Content-Type"), "application/problem+json");
  const auto said = members(response);
  EXPECT_EQ(said["type"], "about:blank");
  EXPECT_EQ(said["title"], "Bad Request");
  EXPECT_EQ(said["status"], 400);
  EXPECT_EQ(said["code"], "hex_form");
  EXPECT_EQ(said["rule"], "RFC 4648 8");
  EXPECT_TRUE(said["detail"].get<std::string>().starts_with("\"xyz\" is not hexadecimal"));
}

TEST(Problem, SpeaksTheLanguageThatTheClientPrefers) {
  const auto language = [](const char* accepted) {
    http::Request request;
    request.headers = {{"accept-language", accepted}};
    return language_of(request);
  };
  EXPECT_EQ(language("ja,en;q=0.5"), texts::Language::ja);
  EXPECT_EQ(language("fr, JA-JP;q=0.8"), texts::Language::ja);
  EXPECT_EQ(language("en-GB, ja"), texts::Language::en);
  EXPECT_EQ(language(",, ,"), texts::Language::en);
  EXPECT_EQ(language_of(http::Request{}), texts::Language::en);
  const auto said = members(problem(malformed("hex_form", {{"text", "z"}}), texts::Language::ja));
  EXPECT_TRUE(said["detail"].get<std::string>().starts_with("「z」"));
  EXPECT_FALSE(said.contains("rule"));
}

TEST(Problem, TellsNothingOfAnInternalError) {
  const auto text =
      to_text(problem(internal("signing_failed", {{"what", "slot 7"}}, "secret rule")).content());
  for (const char* detail : {"signing_failed", "slot 7", "secret rule"})
    EXPECT_EQ(text.find(detail), std::string::npos) << text;
  EXPECT_NE(text.find("internal_fault"), std::string::npos);
}

TEST(Problem, SurvivesForeignBytesInAParameter) {
  const auto said = members(problem(malformed("hex_form", {{"text", "\xff\xfe\"\n"}})));
  EXPECT_EQ(said["code"], "hex_form");
}

TEST(Problem, HasAPageForEveryStatusOfTheServerAndRouter) {
  for (const int status : {400, 404, 405, 408, 413, 415, 431, 501, 503, 505}) {
    const auto page = problem_page(status);
    EXPECT_EQ(page.status, status);
    EXPECT_EQ(members(page)["status"], status);
    EXPECT_NE(members(page)["code"], "internal_fault") << status;
  }
  EXPECT_EQ(members(problem_page(500))["code"], "internal_fault");
}

}  // namespace
}  // namespace shomei::services
