#include "register/register_line.h"

#include <gtest/gtest.h>

namespace shomei::residents {
namespace {

const std::string kGood =
    R"({"id":"resident-1","name":"見本　太郎","address":"東京都見本市中央１丁目２番３号","gender":"male","born":"1990-01-02",)"
    R"("status":"japanese","municipality":"13225","card":{"valid_until":"2034-05-05"},"note":"an ordinary citizen"})";

// The good line with one piece of its text replaced.
std::string with(std::string_view from, std::string_view to) {
  std::string line = kGood;
  const auto at = line.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return line.replace(at, from.size(), to);
}

TEST(RegisterLine, IsReadAndWrittenAgain) {
  const auto line = *parse_register_line(kGood);
  EXPECT_EQ(line.resident.id.text(), "resident-1");
  EXPECT_EQ(line.resident.gender, Gender::male);
  EXPECT_EQ(line.card->kind, CardKind::standard);
  EXPECT_EQ(format_date(line.card->valid_until), "2034-05-05");
  const auto again = *parse_register_line(encode_resident(line.resident));
  EXPECT_EQ(encode_resident(again.resident), encode_resident(line.resident));
}

struct BadLine {
  std::string line;
  std::string code;
  std::string member;
};

TEST(RegisterLine, ABadLineNamesTheMember) {
  const BadLine cases[] = {
      {with(R"("born":"1990-01-02")", R"("born":"1990-02-30")"), "date_form", "born"},
      {with(R"("born":"1990-01-02",)", ""), "member_missing", "born"},
      {with(R"("born":"1990-01-02")", R"("born":19900102)"), "member_type", "born"},
      {with(R"("note")", R"("my_number")"), "member_unknown", "my_number"},
      {with(R"("valid_until":"2034-05-05")", R"("valid_til":"2034-05-05")"), "member_missing",
       "card.valid_until"},
      {with(R"("gender":"male")", R"("gender":"m")"), "value_unknown", "gender"},
      {with(R"("municipality":"13225")", R"("municipality":"1322")"), "municipality_form", "municipality"},
      {with(R"("status":"japanese")", R"("status":"japanese","period_of_stay_ends":"2027-01-01")"),
       "stay_contradicts_status", ""},
      {with(R"("status":"japanese")", R"("status":"other_foreign_resident")"), "member_missing",
       "period_of_stay_ends"},
      {with("見本　太郎", R"(見本\n太郎)"), "text_unfit", "name"},
      {with(R"("gender":"male")", R"("gender":"male","gender":"female")"), "json_member_twice", "gender"},
      {with(R"("resident-1")", R"("../../x")"), "identifier_form", ""},
      {"[]", "json_form", ""},
      {"", "json_form", ""},
      {kGood + "x", "json_form", ""},
      {std::string(20000, ' '), "line_too_long", ""},
      {"\xff\xfe", "json_form", ""},
      {with("見本　太郎", "\xc0\x80"), "json_form", ""},
      {std::string(5000, '['), "json_form", ""},
  };
  for (const auto& c : cases) {
    const auto line = parse_register_line(c.line);
    ASSERT_FALSE(line) << c.line;
    EXPECT_EQ(line.error().code, c.code) << c.line;
    if (!c.member.empty()) EXPECT_EQ(line.error().parameter("member"), c.member);
  }
}

// Whatever its length, a text that is unfit is told with the code of its member: the line alone limits texts.
TEST(RegisterLine, ALongTextHasTheCodeOfItsMember) {
  const std::string text(10000, 'x');
  const BadLine cases[] = {
      {with("resident-1", text), "identifier_form", ""},
      {with("見本　太郎", text), "text_unfit", "name"},
      {with("male", text), "value_unknown", "gender"},
      {with("1990-01-02", text), "date_form", "born"},
      {with("13225", text), "municipality_form", "municipality"},
      {with("2034-05-05", text), "date_form", "card.valid_until"},
      {with(R"("valid_until")", R"("id":")" + text + R"(","valid_until")"), "identifier_form", ""},
      {with(R"("note")", "\"" + text + "\""), "member_unknown", std::string(100, 'x') + "..."},
  };
  for (const auto& c : cases) {
    const auto line = parse_register_line(c.line);
    ASSERT_FALSE(line) << c.code;
    EXPECT_EQ(line.error().code, c.code) << c.member;
    EXPECT_EQ(line.error().parameter("member"), c.member) << c.code;
    for (const auto& parameter : line.error().parameters) EXPECT_LT(parameter.value.size(), 300U) << c.code;
  }
  EXPECT_EQ(parse_register_line(with("an ordinary citizen", text))->note, text);
}

TEST(RegisterLine, WhatASentenceQuotesIsFitForIt) {
  const std::string colour = R"(\u001b[31m\u009b\u202e)";
  const std::string shown = "?[31m??";
  const std::pair<std::string, std::string> cases[] = {
      {with("male", colour), "value"},
      {with("1990-01-02", colour), "text"},
      {with("13225", colour), "value"},
      {with("resident-1", colour), "text"},
      {with("\"note\"", "\"" + colour + "\""), "member"},
  };
  for (const auto& [line, parameter] : cases)
    EXPECT_EQ(parse_register_line(line).error().parameter(parameter), shown) << line;
}

TEST(RegisterLine, AMemberOfTheCardIsNamedByItsWholePath) {
  const std::string twice = R"("valid_until":"2034-05-05","valid_until":"2034-05-05")";
  const std::pair<std::string, std::string> cases[] = {
      {with(R"("valid_until":"2034-05-05")", twice), "card.valid_until"},
      {with(R"("valid_until")", R"("pin":"0000","valid_until")"), "card.pin"},
      {with(R"("valid_until":"2034-05-05")", R"("valid_until":1)"), "card.valid_until"},
      {with(R"("valid_until")", R"("kind":"gold","valid_until")"), "card.kind"},
      {with(R"("note")", R"("moving_abroad":{},"note")"), "moving_abroad.planned"},
      {with(R"("note")", R"("moving_abroad":{"planned":"2027-1-1"},"note")"), "moving_abroad.planned"},
  };
  for (const auto& [line, member] : cases)
    EXPECT_EQ(parse_register_line(line).error().parameter("member"), member) << line;
}

TEST(RegisterLine, EveryCutIsRefused) {
  for (std::size_t i = 0; i < kGood.size(); ++i) EXPECT_FALSE(parse_register_line(kGood.substr(0, i)));
}

}  // namespace
}  // namespace shomei::residents
