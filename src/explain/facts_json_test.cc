#include "explain/facts_json.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "explain/decision_json.h"

namespace shomei::explain {
namespace {

using namespace rules;

Date day(std::string_view text) {
  return *parse_date(text);
}

TEST(FactsJson, ReadsEveryMember) {
  const auto facts = parse_facts(
      R"({"resident":{"born":"1990-01-02","status":"other_foreign_resident","period_of_stay_ends":"2027-03-31",)"
      R"("adult_ward":true,"died":null,"left_register":"2026-12-01","moving_abroad":{"planned":"2026-12-01",)"
      R"("continued_use":true},"municipality":"01100","registered_domicile":"13225"},)"
      R"("card":{"kind":"face_authentication","valid_until":"2034-05-05","state":"lost"},)"
      R"("certificates":[{"kind":"signature","state":"suspended","not_after":"2031-01-02"}],)"
      R"("office":{"kind":"kiosk","municipality":"13225","chain":"aeon","hours":"Mo-Fr 08:30-17:15"},)"
      R"("applicant":"voluntary_agent","proofs":["document_b","pin","document_b"],)"
      R"("exception":{"ground":"recorded","second_officer":true},)"
      R"("reservation":{"made_at":"2026-11-22T09:00:00+09:00"},"ground":"authority_compromise",)"
      R"("reason":"superseded","event":"moved","at":"2026-11-22T01:00:00Z",)"
      R"("authority":{"valid_until":"2036-11-21","issues_until":"2031-11-21"}})");
  ASSERT_TRUE(facts);
  Facts wanted;
  wanted.born = day("1990-01-02");
  wanted.status = ResidenceStatus::other_foreign_resident;
  wanted.period_of_stay_ends = day("2027-03-31");
  wanted.adult_ward = true;
  wanted.left_register = day("2026-12-01");
  wanted.moving_abroad = MovingAbroad{day("2026-12-01"), true};
  wanted.municipality = Municipality{1100};
  wanted.registered_domicile = Municipality{13225};
  wanted.card_kind = CardKind::face_authentication;
  wanted.card_state = CardState::lost;
  wanted.card_valid_until = day("2034-05-05");
  wanted.certificates = {{Kind::signature, CertificateState::suspended, day("2031-01-02")}};
  wanted.office = Office{OfficeKind::kiosk, Municipality{13225}, "aeon", parse_hours("Mo-Fr 08:30-17:15")};
  wanted.applicant = Applicant::voluntary_agent;
  for (const auto proof : {Proof::document_b, Proof::document_b, Proof::pin}) wanted.proofs.add(proof);
  wanted.exception = Exception{"recorded", true};
  wanted.reservation_made_at = parse_instant("2026-11-22T00:00:00Z").value();
  wanted.ground = Ground::authority_compromise;
  wanted.stated_reason = Reason::superseded;
  wanted.event = Event::moved;
  wanted.at = parse_instant("2026-11-22T10:00:00+09:00").value();
  wanted.authority_valid_until = day("2036-11-21");
  wanted.authority_issues_until = day("2031-11-21");
  EXPECT_TRUE(*facts == wanted);
}

TEST(FactsJson, AbsentAndNullMeanNone) {
  EXPECT_TRUE(*parse_facts("{}") == Facts{});
  EXPECT_TRUE(
      *parse_facts(R"({"resident":null,"card":null,"certificates":null,"office":null,"applicant":null,)"
                   R"("proofs":null,"exception":null,"reservation":null,"ground":null,"reason":null,)"
                   R"("event":null,"at":null,"authority":null})") == Facts{});
  EXPECT_TRUE(*parse_facts(R"({"resident":{"born":null,"adult_ward":null,"moving_abroad":null},)"
                           R"("card":{"kind":null,"state":null},"certificates":[],"proofs":[]})") == Facts{});
  const auto facts = *parse_facts(R"({"certificates":[{"kind":"signature","not_after":"2031-01-02"}]})");
  EXPECT_EQ(facts.certificates.at(0).state, CertificateState::valid);
}

TEST(FactsJson, IsWrittenInAlphabeticalOrderWithoutSpaces) {
  EXPECT_EQ(encode_facts({}),
            R"({"card":{"kind":"standard","state":"active"},"resident":{"adult_ward":false}})");
  Facts facts;
  facts.born = day("1990-01-02");
  facts.moving_abroad = MovingAbroad{day("2026-12-01"), false};
  facts.proofs.add(Proof::document_b);
  facts.proofs.add(Proof::pin);
  facts.proofs.add(Proof::document_b);
  facts.at = parse_instant("2026-11-22T10:00:00+09:00").value();
  EXPECT_EQ(
      encode_facts(facts),
      R"({"at":"2026-11-22T10:00:00+09:00","card":{"kind":"standard","state":"active"},)"
      R"("proofs":["pin","document_b","document_b"],"resident":{"adult_ward":false,"born":"1990-01-02",)"
      R"("moving_abroad":{"continued_use":false,"planned":"2026-12-01"}}})");
}

// Values of every member over the whole range that the form has.
template <class E>
E any(E last) {
  return static_cast<E>(*rc::gen::inRange(0, static_cast<int>(last) + 1));
}
template <class F>
auto maybe(F make) -> std::optional<decltype(make())> {
  if (!*rc::gen::arbitrary<bool>()) return std::nullopt;
  return make();
}
Date any_day() {
  constexpr int kDays = 3652058;  // from 0001-01-01 to 9999-12-31
  return add_days(std::chrono::year{1} / 1 / 1, *rc::gen::inRange(0, kDays + 1));
}
Instant any_instant() {
  return first_second(any_day()) + std::chrono::seconds{*rc::gen::inRange(0, 86400)};
}
Municipality any_municipality() {
  return Municipality{*rc::gen::inRange(0U, 100000U)};
}
Hours any_hours() {
  Hours hours;
  hours.count = static_cast<std::uint8_t>(*rc::gen::inRange(1, static_cast<int>(kSpansMax) + 1));
  for (int i = 0; i < hours.count; ++i) {
    Span& span = hours.spans[static_cast<std::size_t>(i)];
    span.first_day = static_cast<std::uint8_t>(*rc::gen::inRange(0, 7));
    span.last_day = static_cast<std::uint8_t>(*rc::gen::inRange(static_cast<int>(span.first_day), 7));
    span.opens = 60 * *rc::gen::inRange(0, 1440);
    span.closes = 60 * *rc::gen::inRange(span.opens / 60 + 1, 1441);
  }
  return hours;
}
std::string any_text() {
  return *rc::gen::element<std::string>("seven_eleven", "x", "\"quoted\" \\ and\nlines", "見本　理由", "\t");
}

Facts any_facts() {
  Facts facts;
  facts.born = maybe(any_day);
  facts.status = maybe([] { return any(ResidenceStatus::no_end_of_stay); });
  facts.period_of_stay_ends = maybe(any_day);
  facts.adult_ward = *rc::gen::arbitrary<bool>();
  facts.died = maybe(any_day);
  facts.left_register = maybe(any_day);
  facts.moving_abroad = maybe([] { return MovingAbroad{any_day(), *rc::gen::arbitrary<bool>()}; });
  facts.municipality = maybe(any_municipality);
  facts.registered_domicile = maybe(any_municipality);
  facts.card_kind = any(CardKind::face_authentication);
  facts.card_state = any(CardState::expired);
  facts.card_valid_until = maybe(any_day);
  for (int i = *rc::gen::inRange(0, 4); i > 0; --i)
    facts.certificates.push_back({any(Kind::user_authentication), any(CertificateState::revoked), any_day()});
  facts.office = maybe([] {
    return Office{any(OfficeKind::call_centre), maybe(any_municipality), maybe(any_text).value_or(""),
                  maybe(any_hours)};
  });
  facts.applicant = maybe([] { return any(Applicant::voluntary_agent); });
  for (int i = *rc::gen::inRange(0, static_cast<int>(kFactsProofsMax) + 1); i > 0; --i)
    facts.proofs.add(any(Proof::guardianship_certificate));
  facts.exception = maybe([] { return Exception{any_text(), *rc::gen::arbitrary<bool>()}; });
  facts.reservation_made_at = maybe(any_instant);
  facts.ground = maybe([] { return any(Ground::authority_compromise); });
  facts.stated_reason = maybe([] { return any(Reason::certificateHold); });
  facts.event = maybe([] { return any(Event::card_returned); });
  facts.at = maybe(any_instant);
  facts.authority_valid_until = maybe(any_day);
  facts.authority_issues_until = maybe(any_day);
  return facts;
}

TEST(FactsJson, WhatIsWrittenIsReadAgain) {
  EXPECT_TRUE(rc::check([] {
    const Facts facts = any_facts();
    const auto again = parse_facts(encode_facts(facts));
    RC_ASSERT(again.has_value());
    RC_ASSERT(*again == facts);
  }));
}

TEST(SettingsJson, OnlyWhatDiffersIsWritten) {
  EXPECT_EQ(encode_settings({}), "{}");
  EXPECT_TRUE(*parse_settings("{}") == Settings{});
  Settings settings;
  settings.key_doubt = Reason::unspecified;
  settings.hold_is_final = false;
  EXPECT_EQ(encode_settings(settings), R"({"hold_is_final":false,"key_doubt":"unspecified"})");
}

TEST(SettingsJson, WhatIsWrittenIsReadAgain) {
  EXPECT_TRUE(rc::check([] {
    Settings settings;
    settings.renewal_counts_from = any(RenewalCount::day_of_renewal);
    settings.hold_is_final = *rc::gen::arbitrary<bool>();
    for (const auto reason : {&Settings::death, &Settings::left_japan, &Settings::lost_status,
                              &Settings::card_returned, &Settings::recording_error, &Settings::key_doubt})
      settings.*reason = any(Reason::certificateHold);
    settings.stay_special_period_since = maybe(any_day);
    settings.weak_pins_refused = *rc::gen::arbitrary<bool>();
    settings.overseas_address_ja = any_text();
    settings.overseas_address_en = any_text();
    const auto again = parse_settings(encode_settings(settings));
    RC_ASSERT(again.has_value());
    RC_ASSERT(*again == settings);
  }));
}

TEST(SettingsJson, AreReadStrictly) {
  EXPECT_EQ(parse_settings(R"({"deaths":"unspecified"})").error().code, "member_unknown");
  EXPECT_EQ(parse_settings(R"({"death":"bored"})").error().code, "value_unknown");
  EXPECT_EQ(parse_settings(R"({"hold_is_final":"no"})").error().code, "member_type");
  EXPECT_EQ(parse_settings(R"({"stay_special_period_since":"2026-02-30"})").error().code, "member_day");
}

}  // namespace
}  // namespace shomei::explain
