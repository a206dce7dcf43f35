#include "http/conditional.h"

#include <gtest/gtest.h>

namespace shomei::http {
namespace {

const Instant kNow = *parse_instant("2026-11-22T00:00:00Z");
constexpr std::string_view kBefore = "Sun, 06 Nov 1994 08:49:36 GMT", kAt = "Sun, 06 Nov 1994 08:49:37 GMT",
                           kAfter = "Sun, 06 Nov 1994 08:49:38 GMT";

Response whole() {
  auto response = answer(200, "text/plain", to_bytes(std::string_view("four")));
  response.headers.push_back({"Last-Modified", std::string(kAt)});
  response.headers.push_back({"ETag", "\"one\""});
  response.headers.push_back({"Expires", std::string(kAfter)});
  return response;
}

Response asked(Fields headers, std::string method = "GET") {
  return answer_conditionally(whole(), {.method = std::move(method), .headers = std::move(headers)}, kNow);
}
int status(Fields headers) {
  return asked(std::move(headers)).status;
}

TEST(Conditional, WithoutAConditionTheAnswerStays) {
  const auto response = asked({});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers, whole().headers);
  EXPECT_EQ(response.body, whole().body);
}

TEST(Conditional, WhatTheClientHasIsNotSentAgain) {
  for (const auto* tags : {"\"one\"", "W/\"one\"", "\"two\", \"one\"", ",, \"two\" ,\"one\"", "*", " * "}) {
    const auto response = asked({{"If-None-Match", tags}});
    EXPECT_EQ(response.status, 304) << tags;
    EXPECT_TRUE(response.content().empty());
    EXPECT_EQ(find_field(response.headers, "Content-Type"), nullptr);
    EXPECT_NE(find_field(response.headers, "ETag"), nullptr);
    EXPECT_NE(find_field(response.headers, "Expires"), nullptr);
  }
  EXPECT_EQ(asked({{"If-None-Match", "\"one\""}}, "HEAD").status, 304);
  EXPECT_EQ(status({{"if-none-match", "\"two\""}, {"IF-NONE-MATCH", "\"one\""}}), 304)
      << "two fields, one list";
}

TEST(Conditional, SharedContentIsLeftOutToo) {
  Response response{.shared_body = std::make_shared<const Bytes>(Bytes(4))};
  response.headers = whole().headers;
  const Request request{.method = "GET", .headers = {{"If-None-Match", "\"one\""}}};
  EXPECT_TRUE(answer_conditionally(std::move(response), request, kNow).content().empty());
}

TEST(Conditional, AnotherTagIsAnsweredWhole) {
  for (const auto* tags : {"\"two\"", "\"One\"", "one", "\"one", "", ",", "\"two\" x \"one\"", "*, \"two\"",
                           "W/", "w/\"one\"", "\"o\ne\"", "W/\""})
    EXPECT_EQ(status({{"If-None-Match", tags}}), 200) << tags;
}

TEST(Conditional, TheTagCountsBeforeTheDate) {
  EXPECT_EQ(status({{"If-None-Match", "\"two\""}, {"If-Modified-Since", std::string(kAfter)}}), 200);
  EXPECT_EQ(status({{"If-None-Match", "\"one\""}, {"If-Modified-Since", std::string(kBefore)}}), 304);
}

TEST(Conditional, ADateAsksForWhatIsNewer) {
  EXPECT_EQ(status({{"If-Modified-Since", std::string(kAt)}}), 304);
  EXPECT_EQ(status({{"If-Modified-Since", std::string(kAfter)}}), 304);
  EXPECT_EQ(status({{"If-Modified-Since", std::string(kBefore)}}), 200);
  EXPECT_EQ(status({{"If-Modified-Since", "yesterday"}}), 200);
}

TEST(Conditional, WhoWantsOneThingAloneGetsNoOther) {
  EXPECT_EQ(status({{"If-Match", "\"one\""}}), 200);
  EXPECT_EQ(status({{"If-Match", "*"}}), 200);
  EXPECT_EQ(status({{"If-Match", "W/\"one\""}}), 412) << "compared in the strong way";
  EXPECT_EQ(status({{"If-Match", "\"two\""}}), 412);
  EXPECT_EQ(status({{"If-Match", "rubbish"}}), 412);
  EXPECT_EQ(status({{"If-Unmodified-Since", std::string(kBefore)}}), 412);
  EXPECT_EQ(status({{"If-Unmodified-Since", std::string(kAt)}}), 200);
  EXPECT_EQ(status({{"If-Match", "\"one\""}, {"If-Unmodified-Since", std::string(kBefore)}}), 200);
}

TEST(Conditional, OnlyWhatIsReadWithSuccess) {
  EXPECT_EQ(asked({{"If-None-Match", "\"one\""}}, "POST").status, 200);
  auto missing = whole();
  missing.status = 404;
  const Request request{.method = "GET", .headers = {{"If-None-Match", "\"one\""}}};
  EXPECT_EQ(answer_conditionally(missing, request, kNow).status, 404);
}

TEST(Conditional, WithoutValidatorsNothingIsTheSame) {
  const auto plain = answer(200, "text/plain", to_bytes(std::string_view("four")));
  for (const Field& field : Fields{{"If-None-Match", "\"\""}, {"If-Modified-Since", std::string(kAfter)}})
    EXPECT_EQ(answer_conditionally(plain, {.method = "GET", .headers = {field}}, kNow).status, 200)
        << field.name;
}

}  // namespace
}  // namespace shomei::http
