#include "mass/query.h"

#include <gtest/gtest.h>

#include "mass/query_files.h"

namespace shomei::mass {
namespace {

constexpr std::string_view kEverything =
    R"({"authorities":["signature-1"],"issued_from":"2026-11-22T00:00:00+09:00",)"
    R"("issued_until":"2026-11-23T00:00:00+09:00","key":{"rsa_exponent":"3","types":["rsa-2048"],)"
    R"("weak":["roca","small_factor","close_primes","shared_prime","listed","blocked"]},)"
    R"("kinds":["signature"],"municipalities":["13225"],"offices":["inagi-city-hall"]})";

TEST(MassQuery, ComesBackAsItWasWritten) {
  const auto query = parse_query(kEverything);
  ASSERT_TRUE(query) << query.error().code << " " << query.error().parameter("member");
  EXPECT_EQ(encode_query(*query), kEverything);
  EXPECT_EQ(*parse_query(encode_query(*query)), *query);
  EXPECT_EQ(encode_query(*parse_query("{}")), "{}");
}

TEST(MassQuery, EveryCutIsRefused) {
  for (std::size_t length = 0; length < kEverything.size(); ++length)
    EXPECT_FALSE(parse_query(kEverything.substr(0, length))) << length;
}

TEST(MassQuery, WhatItDoesNotKnowIsNoQuery) {
  const auto code = [](std::string_view text) { return parse_query(text).error().code; };
  EXPECT_EQ(code(R"({"office":["inagi-city-hall"]})"), "member_unknown");
  EXPECT_EQ(code(R"({"key":{"bits":["2048"]}})"), "member_unknown");
  EXPECT_EQ(code(R"({"authorities":"signature-1"})"), "member_type");
  EXPECT_EQ(code(R"({"authorities":[1]})"), "member_type");
  EXPECT_EQ(code(R"({"authorities":["signature-1 "]})"), "mass_query_item");
  EXPECT_EQ(code(R"({"kinds":["both"]})"), "mass_query_item");
  EXPECT_EQ(code(R"({"key":{"weak":["bad"]}})"), "mass_query_item");
  EXPECT_EQ(code(R"({"key":{"rsa_exponent":"3x"}})"), "mass_query_item");
  EXPECT_EQ(code(R"({"issued_from":"2026"})"), "member_instant");
  EXPECT_EQ(expect_not_empty(*parse_query(R"({"kinds":[]})")).error().code, "mass_query_empty");
}

TEST(MassQuery, AListStandsInItByItsDigest) {
  auto query = *parse_query("{}");
  query.cards = *parse_card_lines("card-number-1\ncard-number-1\n# both of one box\ncard-number-2\r\n");
  EXPECT_EQ(query.cards->items.size(), 2U) << "each once";
  EXPECT_NE(encode_query(query).find(R"("cards":{"count":2,"sha256":")"), std::string::npos);
  EXPECT_TRUE(expect_not_empty(query));
}

}  // namespace
}  // namespace shomei::mass
