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

TEST(RegisterLine, EveryCutIsRefused) {
  for (std::size_t i = 0; i < kGood.size(); ++i) EXPECT_FALSE(parse_register_line(kGood.substr(0, i)));
}

}  // namespace
}  // namespace shomei::residents
