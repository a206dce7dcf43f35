#include "json/members.h"

#include <gtest/gtest.h>

namespace shomei::json {

// A vocabulary as those of rules/ are.
enum class Fruit { apple, pear };
std::string_view name(Fruit fruit) {
  return fruit == Fruit::apple ? "apple" : "pear";
}
std::optional<Fruit> parse_fruit(std::string_view text) {
  for (const auto fruit : {Fruit::apple, Fruit::pear})
    if (text == name(fruit)) return fruit;
  return std::nullopt;
}

namespace {

const nlohmann::json kObject = nlohmann::json::parse(R"({"text":"字","day":"2026-11-22","no_day":"2026-02-30",
  "instant":"2026-11-22T09:00:00+09:00","fruit":"pear","no_fruit":"\u202eplum","flag":true,"nothing":null,
  "inner":{"day":"1990-01-02","deep":{"x":1}},"list":[1,2,3],"number":1})");

template <class T>
void expect_error(const Result<T>& result, std::string_view code, std::string_view member) {
  ASSERT_FALSE(result) << code << " " << member;
  EXPECT_EQ(result.error().fault, Fault::malformed);
  EXPECT_EQ(result.error().code, code) << member;
  EXPECT_EQ(result.error().parameter("member"), member);
}

TEST(Members, AreReadByTheirTypes) {
  Members members(kObject);
  EXPECT_EQ(*members.text("text"), "字");
  EXPECT_EQ(format_date(*members.date("day")), "2026-11-22");
  EXPECT_EQ(format_jst(*members.instant("instant")), "2026-11-22T09:00:00+09:00");
  EXPECT_EQ(**members.word_if("fruit", parse_fruit, Fruit::pear), Fruit::pear);
  EXPECT_TRUE(*members.flag("flag", false));
  EXPECT_EQ((*members.array_if("list", 3))->size(), 3U);
  auto inner = *members.object_if("inner");
  EXPECT_EQ(format_date(*inner->date("day")), "1990-01-02");
}

TEST(Members, WhatIsAbsentOrNullIsNone) {
  Members members(kObject);
  for (const auto* member : {"absent", "nothing"}) {
    EXPECT_FALSE(*members.text_if(member));
    EXPECT_FALSE(*members.date_if(member));
    EXPECT_FALSE(*members.instant_if(member));
    EXPECT_FALSE(*members.object_if(member));
    EXPECT_FALSE(*members.word_if(member, parse_fruit, Fruit::pear));
    EXPECT_EQ(*members.array_if(member, 1), nullptr);
    EXPECT_TRUE(*members.flag(member, true));
    EXPECT_FALSE(*members.flag(member, false));
    expect_error(members.text(member), "member_missing", member);
    expect_error(members.date(member), "member_missing", member);
    expect_error(members.instant(member), "member_missing", member);
  }
}

TEST(Members, AnotherTypeIsNamed) {
  Members members(kObject, "a[2]");
  expect_error(members.text_if("number"), "member_type", "a[2].number");
  expect_error(members.date_if("number"), "member_type", "a[2].number");
  expect_error(members.instant_if("flag"), "member_type", "a[2].flag");
  expect_error(members.flag("text", false), "member_type", "a[2].text");
  expect_error(members.object_if("list"), "member_type", "a[2].list");
  expect_error(members.array_if("inner", 9), "member_type", "a[2].inner");
  expect_error(members.word_if("number", parse_fruit, Fruit::pear), "member_type", "a[2].number");
  auto inner = *members.object_if("inner");
  expect_error(inner->object_if("day"), "member_type", "a[2].inner.day");
}

TEST(Members, ValuesThatAreNoneOfTheirKindAreShownFitForASentence) {
  Members members(kObject);
  expect_error(members.date_if("no_day"), "member_day", "no_day");
  expect_error(members.instant_if("day"), "member_instant", "day");
  const auto plum = members.word_if("no_fruit", parse_fruit, Fruit::pear);
  expect_error(plum, "value_unknown", "no_fruit");
  EXPECT_EQ(plum.error().parameter("value"), "?plum");
  EXPECT_EQ(plum.error().parameter("allowed"), "apple, pear");
  for (const auto* text : {"9999-12-31T23:00:00-09:00", "0001-01-01T00:00:00+23:00"}) {
    const nlohmann::json object{{"at", text}};
    expect_error(Members(object).instant_if("at"), "member_instant", "at");
  }
}

TEST(Members, TextsAndListsAreLimited) {
  const nlohmann::json object{{"fits", std::string(kTextBytesMax, 'x')},
                              {"long", std::string(kTextBytesMax + 1, 'x')},
                              {"inner", {{"long", std::string(kTextBytesMax + 1, 'x')}}},
                              {"list", {1, 2, 3}}};
  Members members(object);
  EXPECT_TRUE(members.text("fits"));
  expect_error(members.text("long"), "member_too_long", "long");
  expect_error((*members.object_if("inner"))->text("long"), "member_too_long", "inner.long");
  expect_error(members.array_if("list", 2), "too_many_items", "list");
  Members wider(object, "", kTextBytesMax + 1);
  EXPECT_TRUE(wider.text("long"));
  EXPECT_TRUE((*wider.object_if("inner"))->text("long")) << "the limit holds for inner objects too";
}

TEST(Members, OneThatWasNotAskedForIsUnknown) {
  const nlohmann::json object{{"a", 1}, {"b", {{"c\x1b", 1}}}};
  Members members(object);
  EXPECT_TRUE(members.object_if("b"));
  expect_error(members.expect_no_other(), "member_unknown", "a");
  EXPECT_EQ(members.expect_no_other().error().parameter("known"), "b");
  expect_error((*members.object_if("b"))->expect_no_other(), "member_unknown", "b.c?");
  expect_error(members.text_if("a"), "member_type", "a");
  EXPECT_TRUE(members.expect_no_other()) << "both are asked for now";
}

}  // namespace
}  // namespace shomei::json
