// Facts files that are not: each is refused, and the sentence names the member.
#include <gtest/gtest.h>

#include "base/shown_text.h"
#include "explain/facts_json.h"
#include "texts/says.h"

namespace shomei::explain {
namespace {

const std::string kWhole =
    R"({"resident":{"born":"1990-01-02","status":"japanese","adult_ward":false,"moving_abroad":)"
    R"({"planned":"2026-12-01","continued_use":true},"municipality":"13225"},)"
    R"("card":{"kind":"standard","valid_until":"2034-05-05","state":"active"},)"
    R"("certificates":[{"kind":"user_authentication","state":"revoked","not_after":"2026-01-02"},)"
    R"({"kind":"signature","state":"valid","not_after":"2031-01-02"}],)"
    R"("office":{"kind":"kiosk","municipality":"13225","chain":"aeon","hours":"Mo-Fr 08:30-17:15"},)"
    R"("applicant":"self","proofs":["pin","face"],"exception":{"ground":"g","second_officer":true},)"
    R"("reservation":{"made_at":"2026-11-22T09:00:00+09:00"},"ground":"lost","reason":"superseded",)"
    R"("event":"moved","at":"2026-11-22T10:00:00+09:00","authority":{"valid_until":"2036-11-21"}})";

std::string with(std::string_view from, std::string_view to) {
  std::string text = kWhole;
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

struct Bad {
  std::string text;
  std::string code;
  std::string member;
};

void expect_refused(const Bad& bad) {
  const auto facts = parse_facts(bad.text);
  ASSERT_FALSE(facts) << bad.text;
  EXPECT_EQ(facts.error().fault, Fault::malformed);
  EXPECT_EQ(facts.error().code, bad.code) << bad.text;
  EXPECT_EQ(facts.error().parameter("member"), bad.member) << bad.text;
  for (const auto language : {texts::Language::en, texts::Language::ja})
    EXPECT_NE(texts::says(facts.error(), language).find(bad.member), std::string::npos) << bad.text;
}

TEST(HostileFacts, TheWholeFileIsGood) {
  EXPECT_TRUE(parse_facts(kWhole));
}

TEST(HostileFacts, ASentenceNamesTheMember) {
  for (const Bad& bad : {
           Bad{with("1990-01-02", "1990-02-30"), "member_day", "resident.born"},
           Bad{with("1990-01-02", "0000-01-01"), "member_day", "resident.born"},
           Bad{with(R"("2034-05-05")", R"("")"), "member_day", "card.valid_until"},
           Bad{with("2026-12-01", "2026-12-1"), "member_day", "resident.moving_abroad.planned"},
           Bad{with(R"("planned":"2026-12-01",)", ""), "member_missing", "resident.moving_abroad.planned"},
           Bad{with("2031-01-02", "2031-13-02"), "member_day", "certificates[1].not_after"},
           Bad{with(R"("not_after":"2026-01-02")", R"("not_after":null)"), "member_missing",
               "certificates[0].not_after"},
           Bad{with(R"("kind":"signature",)", ""), "member_missing", "certificates[1].kind"},
           Bad{with(R"("state":"valid")", R"("state":"fine")"), "value_unknown", "certificates[1].state"},
           Bad{with(R"("state":"active")", R"("state":"Active")"), "value_unknown", "card.state"},
           Bad{with("japanese", "Japanese"), "value_unknown", "resident.status"},
           Bad{with(R"("municipality":"13225")", R"("municipality":"1322")"), "municipality_form",
               "resident.municipality"},
           Bad{with(R"("municipality":"13225",)", R"("municipality":"1322５",)"), "municipality_form",
               "office.municipality"},
           Bad{with(R"("kind":"kiosk",)", ""), "member_missing", "office.kind"},
           Bad{with("08:30-17:15", "17:15-08:30"), "hours_form", "office.hours"},
           Bad{with(R"("self")", R"("myself")"), "value_unknown", "applicant"},
           Bad{with(R"("face")", R"("smile")"), "value_unknown", "proofs[1]"},
           Bad{with(R"("made_at":"2026-11-22T09:00:00+09:00")", ""), "member_missing", "reservation.made_at"},
           Bad{with("2026-11-22T10:00:00+09:00", "2026-11-22T10:00:00"), "member_instant", "at"},
           Bad{with("2026-11-22T10:00:00+09:00", "9999-12-31T23:00:00-09:00"), "member_instant", "at"},
           Bad{with("2026-11-22T10:00:00+09:00", "0001-01-01T00:00:00+23:00"), "member_instant", "at"},
           Bad{with(R"("ground":"lost")", R"("ground":"null")"), "value_unknown", "ground"},
           Bad{with(R"("event":"moved")", R"("event":"")"), "value_unknown", "event"},
           Bad{with(R"("reason":"superseded")", R"("reason":"Superseded")"), "value_unknown", "reason"},
       })
    expect_refused(bad);
}

TEST(HostileFacts, AnUnknownMemberIsNamedAtEachLevel) {
  for (const Bad& bad : {
           Bad{with(R"({"resident")", R"({"x":1,"resident")"), "member_unknown", "x"},
           Bad{with(R"("born")", R"("borne":null,"born")"), "member_unknown", "resident.borne"},
           Bad{with(R"("planned")", R"("plan":[],"planned")"), "member_unknown",
               "resident.moving_abroad.plan"},
           Bad{with(R"("kind":"standard")", R"("kin":1,"kind":"standard")"), "member_unknown", "card.kin"},
           Bad{with(R"("kind":"signature")", R"("kind":"signature","serial":"00")"), "member_unknown",
               "certificates[1].serial"},
           Bad{with(R"("chain")", R"("chains":1,"chain")"), "member_unknown", "office.chains"},
           Bad{with(R"("ground":"g")", R"("ground":"g","by":"")"), "member_unknown", "exception.by"},
           Bad{with(R"("made_at")", R"("until":"","made_at")"), "member_unknown", "reservation.until"},
           Bad{with(R"({"valid_until":"2036)", R"({"key":"","valid_until":"2036)"), "member_unknown",
               "authority.key"},
       })
    expect_refused(bad);
}

TEST(HostileFacts, AMemberThatStandsTwiceIsNamedAtEachLevel) {
  for (const Bad& bad : {
           Bad{with(R"({"resident")", R"({"at":null,"resident")"), "json_member_twice", "at"},
           Bad{with(R"("born")", R"("born":"1990-01-02","born")"), "json_member_twice", "resident.born"},
           Bad{with(R"("planned")", R"("planned":"2026-12-01","planned")"), "json_member_twice",
               "resident.moving_abroad.planned"},
           Bad{with(R"("kind":"signature")", R"("kind":"signature","kind":"signature")"), "json_member_twice",
               "certificates[1].kind"},
           Bad{with(R"("kind":"signature")", R"("x":[1,{"a":1,"\u0061":1}],"kind":"signature")"),
               "json_member_twice", "certificates[1].x[1].a"},
       })
    expect_refused(bad);
}

// Each value in turn becomes one of another type.
TEST(HostileFacts, AValueOfAnotherTypeIsNamed) {
  const std::pair<std::string, std::string> members[] = {
      {R"("1990-01-02")", "resident.born"},
      {R"("japanese")", "resident.status"},
      {"false", "resident.adult_ward"},
      {R"("2026-12-01")", "resident.moving_abroad.planned"},
      {"true", "resident.moving_abroad.continued_use"},
      {R"("13225")", "resident.municipality"},
      {R"("standard")", "card.kind"},
      {R"("2034-05-05")", "card.valid_until"},
      {R"("active")", "card.state"},
      {R"("user_authentication")", "certificates[0].kind"},
      {R"("revoked")", "certificates[0].state"},
      {R"("2031-01-02")", "certificates[1].not_after"},
      {R"("kiosk")", "office.kind"},
      {R"("aeon")", "office.chain"},
      {R"("Mo-Fr 08:30-17:15")", "office.hours"},
      {R"("self")", "applicant"},
      {R"("face")", "proofs[1]"},
      {R"(["pin","face"])", "proofs"},
      {R"("g")", "exception.ground"},
      {R"({"ground":"g","second_officer":true})", "exception"},
      {R"({"made_at":"2026-11-22T09:00:00+09:00"})", "reservation"},
      {R"("2026-11-22T09:00:00+09:00")", "reservation.made_at"},
      {R"("lost")", "ground"},
      {R"("superseded")", "reason"},
      {R"("moved")", "event"},
      {R"("2026-11-22T10:00:00+09:00")", "at"},
      {R"({"valid_until":"2036-11-21"})", "authority"},
      {R"("2036-11-21")", "authority.valid_until"},
  };
  for (const auto& [value, member] : members)
    for (const auto* other : {"1", "-0.5e3", "123456789012345678901234567890", "[[]]", R"([{}])"})
      if (!(member == "proofs" && *other == '[')) expect_refused({with(value, other), "member_type", member});
  expect_refused({R"({"proofs":[null]})", "member_type", "proofs[0]"});
  expect_refused({R"({"certificates":[null]})", "member_type", "certificates[0]"});
  expect_refused({R"({"certificates":{}})", "member_type", "certificates"});
  expect_refused({R"({"resident":[]})", "member_type", "resident"});
}

TEST(HostileFacts, WhatIsNoJsonObjectIsRefused) {
  for (const std::string& text :
       {std::string(), std::string("[]"), std::string("null"), std::string("\"x\""), kWhole + "x",
        kWhole + kWhole, std::string("\xff\xfe"), with("aeon", "\xc0\x80"), with("aeon", "\xed\xa0\x80"),
        with("aeon", "\\ud800"), with(R"("aeon")", "1e999"), with(R"("aeon")", "NaN"), with(",", ",,"),
        std::string("{") + '\0' + "}"})
    expect_refused({text, "json_form", ""});
}

TEST(HostileFacts, DepthSizeAndCountsAreLimited) {
  const std::string million(1000000, '[');
  expect_refused({million, "json_form", ""});
  expect_refused({R"({"x":)" + million, "json_form", ""});
  expect_refused({R"({"x":[[[[[[[[1]]]]]]]]})", "json_form", ""});
  expect_refused({R"({"x":[[[[[[[1]]]]]]]})", "member_unknown", "x"});
  expect_refused({kWhole + std::string(kFactsBytesMax, ' '), "json_too_large", ""});
  std::string proofs = R"("pin")", certificates = R"({"kind":"signature","not_after":"2031-01-02"})";
  const std::string proof = "," + proofs, certificate = "," + certificates;
  for (int i = 1; i < 64; ++i) {
    proofs += proof;
    certificates += certificate;
  }
  EXPECT_EQ(parse_facts(R"({"proofs":[)" + proofs + "]}")->proofs.count(rules::Proof::pin), 64);
  EXPECT_EQ(parse_facts(R"({"certificates":[)" + certificates + "]}")->certificates.size(), 64U);
  expect_refused({R"({"proofs":[)" + proofs + proof + "]}", "too_many_items", "proofs"});
  expect_refused(
      {R"({"certificates":[)" + certificates + certificate + "]}", "too_many_items", "certificates"});
  EXPECT_TRUE(parse_facts(with("aeon", std::string(1000, 'x'))));
  expect_refused({with("aeon", std::string(1001, 'x')), "member_too_long", "office.chain"});
}

TEST(HostileFacts, EveryCutIsRefused) {
  for (std::size_t i = 0; i < kWhole.size(); ++i) EXPECT_FALSE(parse_facts(kWhole.substr(0, i))) << i;
}

// A bent byte is refused, or gives facts that can be written and read again.
TEST(HostileFacts, EveryBentByteIsSurvived) {
  for (std::size_t i = 0; i < kWhole.size(); ++i)
    for (const unsigned bent : {0U, 1U, 0x20U, 0x80U, 0xFFU}) {
      std::string text = kWhole;
      text[i] = static_cast<char>(static_cast<unsigned char>(text[i]) ^ bent);
      const auto facts = parse_facts(text);
      if (facts)
        EXPECT_TRUE(*parse_facts(encode_facts(*facts)) == *facts) << text;
      else
        EXPECT_FALSE(texts::says(facts.error(), texts::Language::en).empty());
    }
}

TEST(HostileFacts, ASentenceHoldsNoControlCharactersAndNoEndlessNames) {
  const auto colour = parse_facts(R"({"\u001b[31mred\u0007":1})");
  EXPECT_EQ(colour.error().parameter("member"), "?[31mred?");
  const auto endless = parse_facts("{\"" + std::string(100000, 'n') + "\":1}");
  EXPECT_LT(texts::says(endless.error(), texts::Language::en).size(), 1000U);
  EXPECT_EQ(fit_for_sentence(std::string(99, 'a') + "字"), std::string(99, 'a') + "...");
}

}  // namespace
}  // namespace shomei::explain
