#include "json/parse_object.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace shomei::json {
namespace {

constexpr std::size_t kMax = 10000;

std::string member_twice(std::string_view text) {
  const auto object = parse_object(text, kMax);
  if (object) return "(none)";
  EXPECT_EQ(object.error().code, "json_member_twice") << text;
  return std::string(object.error().parameter("member"));
}

TEST(ParseObject, TakesAnObjectWhole) {
  const auto object = parse_object(R"( {"a":[1,{"b":"\u5b57"}],"c":null} )", kMax);
  ASSERT_TRUE(object);
  EXPECT_EQ(object->at("a").at(1).at("b"), "字");
  EXPECT_TRUE(parse_object("{}", 2));
}

TEST(ParseObject, WhatIsNoObjectIsRefused) {
  for (const std::string& text :
       {std::string(), std::string("[]"), std::string("null"), std::string("1"), std::string("{}{}"),
        std::string("{} x"), std::string(R"({"a":1,})"), std::string(R"({a:1})"), std::string(R"({"a":01})"),
        std::string(R"({"a":NaN})"), std::string(R"({"a":1e999})"), std::string("// no\n{}"),
        std::string("{\"a\":\"\xC0\x80\"}"), std::string("{\"a\":\"\xED\xA0\x80\"}"),
        std::string(R"({"a":"\ud800"})"), std::string("{\"a\":\"\n\"}"), std::string("\xFF\xFE{}")}) {
    const auto object = parse_object(text, kMax);
    ASSERT_FALSE(object) << text;
    EXPECT_EQ(object.error().code, "json_form") << text;
  }
}

TEST(ParseObject, ItsSizeAndDepthAreLimited) {
  EXPECT_EQ(parse_object("{}" + std::string(kMax - 1, ' '), kMax).error().code, "json_too_large");
  EXPECT_TRUE(parse_object("{}" + std::string(kMax - 2, ' '), kMax));
  EXPECT_TRUE(parse_object(R"({"x":[[[[[[[1]]]]]]]})", kMax));
  EXPECT_EQ(parse_object(R"({"x":[[[[[[[[1]]]]]]]]})", kMax).error().parameter("what"),
            "it is nested too deeply");
  EXPECT_EQ(parse_object(std::string(1000000, '['), 1000000).error().code, "json_form");
  EXPECT_TRUE(parse_object(R"({"x":"[[[[[[[[[\"[[[[[[[[["})", kMax)) << "brackets of a text are no depth";
  EXPECT_TRUE(parse_object(R"({"x":[{},{},{},{},{},{},{},{},{}]})", kMax)) << "nor are those that are closed";
}

TEST(ParseObject, AMemberThatStandsTwiceIsNamedByItsPath) {
  EXPECT_EQ(member_twice(R"({"a":1,"b":2,"a":3})"), "a");
  EXPECT_EQ(member_twice(R"({"a":{"b":1,"b":1}})"), "a.b");
  EXPECT_EQ(member_twice(R"({"a":[0,[],{"b":1,"\u0062":1}]})"), "a[2].b");
  EXPECT_EQ(member_twice(R"({"a":[[{}],[1,{"b":{"c":0,"c":0}}]]})"), "a[1][1].b.c");
  EXPECT_EQ(member_twice(R"({"a":{"b":1,"b":1},"a":1})"), "a.b") << "the first of several";
  EXPECT_EQ(member_twice(R"({"a":{"a":1},"b":{"a":1},"c":[{"a":1},{"a":1}]})"), "(none)");
}

TEST(ParseObject, APathIsFitForASentence) {
  EXPECT_EQ(member_path("", "a"), "a");
  EXPECT_EQ(member_path("a[1]", "b"), "a[1].b");
  EXPECT_EQ(member_path("a", "\x1b[31m\xC2\x9B\xE2\x80\xAE"), "a.?[31m??");
  EXPECT_EQ(member_twice(R"({"\u009b31m\u202e":1,"\u009b31m\u202e":1})"), "?31m?");
  EXPECT_LT(
      member_twice("{\"" + std::string(4000, 'n') + "\":1,\"" + std::string(4000, 'n') + "\":1}").size(),
      200U);
}

TEST(ParseObject, ASentenceDoesNotQuoteTheText) {
  const auto object = parse_object(R"({"name":"a person\u12)", kMax);
  for (const auto& parameter : object.error().parameters)
    EXPECT_EQ(parameter.value.find("person"), std::string::npos) << parameter.value;
}

TEST(ParseObject, EveryCutIsRefusedAndEveryBentByteSurvived) {
  const std::string whole = R"({"a":[1,-2.5e3,{"b":"\u5b57\\ "}],"c":{"d":true,"e":null}})";
  ASSERT_TRUE(parse_object(whole, kMax));
  for (std::size_t i = 0; i < whole.size(); ++i) {
    EXPECT_FALSE(parse_object(whole.substr(0, i), kMax)) << i;
    for (unsigned bent = 1; bent < 256; ++bent) {
      std::string text = whole;
      text[i] = static_cast<char>(static_cast<unsigned char>(text[i]) ^ bent);
      const auto object = parse_object(text, kMax);
      if (object) EXPECT_TRUE(parse_object(object->dump(), kMax)) << text;
    }
  }
}

TEST(ParseObjectProperty, AnyBytesAreAnObjectOrAnError) {
  EXPECT_TRUE(rc::check([](const std::string& bytes) {
    const auto object = parse_object("{\"x\":" + bytes + "}", kMax);
    if (!object) RC_ASSERT(object.error().fault == Fault::malformed);
  }));
}

}  // namespace
}  // namespace shomei::json
