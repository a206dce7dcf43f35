#include "explain/decision_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "explain/act_words.h"
#include "explain/facts_json.h"

namespace shomei::explain {
namespace {

using nlohmann::ordered_json;
using texts::Language;

const std::string kPerson = R"("resident":{"born":"1990-01-02","status":"japanese","municipality":"13225"},)"
                            R"("card":{"valid_until":"2034-05-05"})";
const std::string kCertificates = R"("certificates":[{"kind":"signature","not_after":"2027-01-02"},)"
                                  R"({"kind":"user_authentication","not_after":"2031-01-02"}])";
const std::string kHall = R"("office":{"kind":"city_hall","municipality":"13225"},"proofs":["document_a"])";
const std::string kAt = R"("at":"2026-11-22T10:00:00+09:00")";

rules::Decision decide(std::string_view act, std::string_view kind, std::string_view on,
                       std::string_view facts) {
  static const auto kSet = rules::current_rule_set();
  const auto asked = parse_act(act, kind.empty() ? std::nullopt : std::optional(kind));
  return rules::decide(kSet, *asked, *parse_facts(facts), *parse_date(on));
}

// The answer with each rule as "id outcome": what the sentences say is tested where they stand.
std::string outline(const rules::Decision& decision) {
  auto answer = ordered_json::parse(encode_answer(decision, Language::en));
  for (auto& rule : answer["rules"])
    rule = rule["id"].get<std::string>() + " " + rule["outcome"].get<std::string>();
  return answer.dump();
}

struct Asked {
  std::string_view what, act, kind, on;
  std::string facts;
  std::string answer;
};

const Asked kAsked[] = {
    {"AnOrdinaryIssue", "issue", "signature", "2026-11-22",
     std::string("{") + kPerson + "," + kHall + "," + kAt + "}",
     R"({"act":"issue","kind":"signature","on":"2026-11-22","decision":"granted","not_before)"
     R"(":"2026-11-22T10:00:00+09:00","not_after":"2031-01-02","renewable_from":"2030-10-02")"
     R"(,"fee_yen":0,"rules":["resident_in_register pass","card_in_force pass","signature_ag)"
     R"(e pass","signature_adult_ward pass","one_certificate_of_a_kind pass","representative)"
     R"(_needed pass","proof_of_self pass","office_kind pass","office_of_residence pass","bi)"
     R"(rthday_limit limit","card_limit limit","next_renewal inform","no_fee inform"],"rule_)"
     R"(set":"2026-11-23"})"},
    {"AChildUnder15", "issue", "signature", "2026-11-22",
     std::string("{") +
         R"("resident":{"born":"2012-11-23","status":"japanese","municipality":"13225"},"card":{"valid_until":"2034-05-05"},)" +
         kHall + "}",
     R"({"act":"issue","kind":"signature","on":"2026-11-22","decision":"refused","rules":["r)"
     R"(esident_in_register pass","card_in_force pass","signature_age refuse","signature_adu)"
     R"(lt_ward pass","one_certificate_of_a_kind pass","representative_needed refuse","proof)"
     R"(_of_self pass","office_kind pass","office_of_residence pass","birthday_limit limit",)"
     R"("card_limit limit","next_renewal inform","no_fee inform"],"rule_set":"2026-11-23"})"},
    {"ARenewalInTheWindow", "renew", "signature", "2026-11-22",
     std::string("{") + kPerson + "," + kCertificates + "," + kHall + "," + kAt + "}",
     R"({"act":"renew","kind":"signature","on":"2026-11-22","decision":"granted","not_before)"
     R"(":"2026-11-22T10:00:00+09:00","not_after":"2031-01-02","renewable_from":"2030-10-02")"
     R"(,"fee_yen":0,"ends":[{"kind":"signature","from":"2026-11-22T10:00:00+09:00","reason")"
     R"(:"superseded"}],"rules":["resident_in_register pass","card_in_force pass","signature)"
     R"(_age pass","signature_adult_ward pass","representative_needed pass","proof_of_self p)"
     R"(ass","office_kind pass","office_of_residence pass","renewal_window pass","renewal_li)"
     R"(mit limit","card_limit limit","authentication_limit limit","next_renewal inform","no)"
     R"(_fee inform"],"rule_set":"2026-11-23"})"},
    {"ARenewalTooEarly", "renew", "signature", "2026-10-01",
     std::string("{") + kPerson + "," + kCertificates + "," + kHall + "}",
     R"({"act":"renew","kind":"signature","on":"2026-10-01","decision":"refused","renewable_)"
     R"(from":"2026-10-02","rules":["resident_in_register pass","card_in_force pass","signat)"
     R"(ure_age pass","signature_adult_ward pass","representative_needed pass","proof_of_sel)"
     R"(f pass","office_kind pass","office_of_residence pass","renewal_window refuse","renew)"
     R"(al_limit limit","card_limit limit","authentication_limit limit","next_renewal inform)"
     R"(","no_fee inform"],"rule_set":"2026-11-23"})"},
    {"ARenewalOfNothing", "renew", "signature", "2026-10-02", std::string("{") + kPerson + "," + kHall + "}",
     R"({"act":"renew","kind":"signature","on":"2026-10-02","decision":"not_applicable","rul)"
     R"(es":["resident_in_register pass","card_in_force pass","signature_age pass","signatur)"
     R"(e_adult_ward pass","representative_needed pass","proof_of_self pass","office_kind pa)"
     R"(ss","office_of_residence pass","renewal_window inform","card_limit limit","next_rene)"
     R"(wal inform","no_fee inform"],"rule_set":"2026-11-23"})"},
    {"TheHoldersWish", "revoke", "", "2026-11-22",
     std::string("{") + kPerson + "," + kCertificates + "," + kHall + "," + kAt + "}",
     R"({"act":"revoke","on":"2026-11-22","decision":"granted","fee_yen":0,"ends":[{"kind":")"
     R"(signature","from":"2026-11-22T10:00:00+09:00","reason":"cessationOfOperation"},{"kin)"
     R"(d":"user_authentication","from":"2026-11-22T10:00:00+09:00","reason":"cessationOfOpe)"
     R"(ration"}],"notice":null,"rules":["representative_needed pass","proof_of_self pass",")"
     R"(office_kind pass","holders_wish inform","no_fee inform"],"rule_set":"2026-11-23"})"},
    {"ARecordingError", "revoke", "signature", "2026-11-22",
     std::string("{") + kPerson + "," + kCertificates + R"(,"ground":"office_fault",)" + kAt + "}",
     R"({"act":"revoke","kind":"signature","on":"2026-11-22","decision":"granted","fee_yen":)"
     R"(0,"ends":[{"kind":"signature","from":"2026-11-22T10:00:00+09:00","reason":"unspecifi)"
     R"(ed"}],"notice":{"send_from":"2026-11-22","send_until":"2026-11-22","to":"holder"},"r)"
     R"(ules":["recording_error inform","recording_error_notice inform","no_fee inform"],"ru)"
     R"(le_set":"2026-11-23"})"},
    {"AHoldByPhone", "suspend", "", "2026-11-22",
     std::string("{") + kPerson + "," + kCertificates + "," + kAt + R"(,"office":{"kind":"call_centre"})" +
         "}",
     R"({"act":"suspend","on":"2026-11-22","decision":"granted","fee_yen":0,"ends":[{"kind":)"
     R"("signature","from":"2026-11-22T10:00:00+09:00","reason":"certificateHold"},{"kind":")"
     R"(user_authentication","from":"2026-11-22T10:00:00+09:00","reason":"certificateHold"}])"
     R"(,"rules":["office_kind pass","suspension inform","no_fee inform"],"rule_set":"2026-1)"
     R"(1-23"})"},
    {"AReleaseUnderTheJpkiSetting", "restore", "", "2026-11-22",
     std::string("{") + kPerson +
         R"(,"certificates":[{"kind":"signature","state":"suspended","not_after":"2027-01-02"},{"kind":"user_authentication","not_after":"2031-01-02"}],)" +
         kAt + "," + kHall + "}",
     R"({"act":"restore","on":"2026-11-22","decision":"refused","rules":["resident_in_regist)"
     R"(er pass","representative_needed pass","proof_of_self pass","office_kind pass","offic)"
     R"(e_of_residence pass","hold_is_final refuse","no_fee inform"],"rule_set":"2026-11-23")"
     R"(})"},
    {"AKioskThatOffersThePin", "reset_pin", "user_authentication", "2026-11-22",
     std::string("{") + kPerson + "," + kCertificates +
         R"(,"office":{"kind":"kiosk","chain":"aeon"},"proofs":["other_pin","face"],"reservation":{"made_at":"2026-11-22T09:00:00+09:00"},)" +
         kAt + "}",
     R"({"act":"reset_pin","kind":"user_authentication","on":"2026-11-22","decision":"grante)"
     R"(d","fee_yen":0,"rules":["resident_in_register pass","card_in_force pass","representa)"
     R"(tive_needed pass","office_kind pass","pin_form inform","kiosk_chain pass","kiosk_hou)"
     R"(rs pass","kiosk_reservation pass","kiosk_proof pass","kiosk_certificates pass","no_f)"
     R"(ee inform"],"rule_set":"2026-11-23"})"},
    {"AKioskThatDoesNot", "reset_pin", "signature", "2026-11-22",
     std::string("{") + kPerson + "," + kCertificates +
         R"(,"office":{"kind":"kiosk","chain":"aeon"},"proofs":["other_pin","face"],"reservation":{"made_at":"2026-11-22T09:00:00+09:00"},)" +
         kAt + "}",
     R"({"act":"reset_pin","kind":"signature","on":"2026-11-22","decision":"refused","rules")"
     R"(:["resident_in_register pass","card_in_force pass","representative_needed pass","off)"
     R"(ice_kind pass","pin_form inform","kiosk_chain refuse","kiosk_hours pass","kiosk_rese)"
     R"(rvation pass","kiosk_proof pass","kiosk_certificates pass","no_fee inform"],"rule_se)"
     R"(t":"2026-11-23"})"},
    {"ACardLost", "replace_card", "", "2026-11-22",
     std::string("{") + kPerson + "," + kCertificates + R"(,"ground":"lost",)" + kAt + "}",
     R"({"act":"replace_card","on":"2026-11-22","decision":"granted","fee_yen":1000,"ends":[)"
     R"({"kind":"signature","from":"2026-11-22T10:00:00+09:00","reason":"keyCompromise"},{"k)"
     R"(ind":"user_authentication","from":"2026-11-22T10:00:00+09:00","reason":"keyCompromis)"
     R"(e"}],"rules":["resident_in_register pass","representative_needed pass","card_replace)"
     R"(d inform","card_reissue_fee inform","card_validity_under_18 inform"],"rule_set":"202)"
     R"(6-11-23"})"},
    {"AChangeOfAddress", "event", "", "2026-11-22",
     std::string("{") + kCertificates + R"(,"event":"moved",)" + kAt + "}",
     R"({"act":"event","on":"2026-11-22","decision":"granted","fee_yen":0,"ends":[{"kind":"s)"
     R"(ignature","from":"2026-11-22T10:00:00+09:00","reason":"affiliationChanged"}],"notice)"
     R"(":null,"rules":["attribute_change inform","no_fee inform"],"rule_set":"2026-11-23"})"},
    {"ADeathWithoutCertificates", "event", "", "2026-11-22", std::string("{") + R"("event":"died")" + "}",
     R"({"act":"event","on":"2026-11-22","decision":"granted","fee_yen":0,"ends":[],"notice")"
     R"(:null,"rules":["death inform","no_fee inform"],"rule_set":"2026-11-23"})"},
    {"AnEventWithoutAName", "event", "", "2026-11-22", "{}",
     R"({"act":"event","on":"2026-11-22","decision":"refused","ends":[],"notice":null,"rules)"
     R"(":["event_named refuse","no_fee inform"],"rule_set":"2026-11-23"})"},
    {"ANoticeBeforeTheExpiry", "notice", "", "2026-11-22",
     std::string("{") + kPerson + "," + kCertificates + "}",
     R"({"act":"notice","on":"2026-11-22","decision":"granted","fee_yen":0,"notice":{"send_f)"
     R"(rom":"2026-10-02","send_until":"2026-11-02","to":"holder"},"rules":["notice_recipien)"
     R"(t pass","expiry_notice inform","no_fee inform"],"rule_set":"2026-11-23"})"},
    {"ANoticeAboutNothing", "notice", "", "2026-11-22", std::string("{") + kPerson + "}",
     R"({"act":"notice","on":"2026-11-22","decision":"not_applicable","notice":null,"rules":)"
     R"(["notice_recipient pass","expiry_notice inform","no_fee inform"],"rule_set":"2026-11)"
     R"(-23"})"},
    {"AnInstantOnAnotherDay", "issue", "user_authentication", "2026-11-22",
     std::string("{") + kPerson + R"(,"at":"2026-11-23T10:00:00+09:00")" + "}",
     R"({"act":"issue","kind":"user_authentication","on":"2026-11-22","decision":"refused",")"
     R"(rules":["facts_agree refuse","resident_in_register pass","card_in_force pass","one_c)"
     R"(ertificate_of_a_kind pass","representative_needed pass","proof_of_self refuse","birt)"
     R"(hday_limit limit","card_limit limit","next_renewal inform","no_fee inform"],"rule_se)"
     R"(t":"2026-11-23"})"},
    {"ADayBeforeTheFirstCards", "issue", "user_authentication", "2015-12-31", "{}",
     R"({"act":"issue","kind":"user_authentication","on":"2015-12-31","decision":"refused",")"
     R"(rules":["no_cards_yet refuse"],"rule_set":"2026-11-23"})"},
};

TEST(DecisionJson, AnswersAreAsTheyWereWritten) {
  for (const auto& asked : kAsked)
    EXPECT_EQ(outline(decide(asked.act, asked.kind, asked.on, asked.facts)), asked.answer) << asked.what;
}

TEST(DecisionJson, ARuleSaysItsSourceAndItsSentence) {
  const auto decision = decide("event", "", "2026-11-22", "{}");
  EXPECT_EQ(encode_answer(decision, Language::en),
            R"({"act":"event","on":"2026-11-22","decision":"refused","ends":[],"notice":null,"rules":[)"
            R"({"id":"event_named","citation":"jpki-facts 3.4","since":"2016-01-01","outcome":"refuse",)"
            R"("says":"The fact event is missing, and this rule needs it.","would_pass_if":"State event."},)"
            R"j({"id":"no_fee","citation":"seed: fee (free)","since":"2016-01-01","outcome":"inform",)j"
            R"("says":"This is free."}],"rule_set":")" +
                std::string(decision.rule_set()) + R"("})");
  EXPECT_NE(encode_answer(decision, Language::ja).find(R"("says":"手数料は無料です。")"), std::string::npos);
}

TEST(DecisionJson, TheRecordHasCodesAndNoSentences) {
  const auto decision = decide("event", "", "2026-11-22", "{" + kCertificates + R"(,"event":"moved"})");
  EXPECT_EQ(encode_record(decision),
            R"({"act":"event","at":"2026-11-22T00:00:00+09:00","decision":"granted","ends":[)"
            R"({"from":"2026-11-22T00:00:00+09:00","kind":"signature","reason":"affiliationChanged"}],)"
            R"("fee_yen":0,"notice":null,"on":"2026-11-22","rule_set":")" +
                std::string(decision.rule_set()) +
                R"(","rules":[{"citation":"seed: expiration due to address or name change; jpki-facts 3.4",)"
                R"("code":"attribute_change_ends_signature","id":"attribute_change","outcome":"inform",)"
                R"j("parameters":{"event":"moved"},"since":"2016-01-01"},{"citation":"seed: fee (free)",)j"
                R"("code":"free_of_charge","id":"no_fee","outcome":"inform","parameters":{},)"
                R"("since":"2016-01-01"}]})");
}

// What the journal keeps is enough to decide again, and to see that nothing has changed.
TEST(DecisionJson, TheRecordOfTheSameFactsIsTheSame) {
  for (const auto& asked : kAsked) {
    const auto facts = encode_facts(*parse_facts(asked.facts));
    EXPECT_EQ(encode_record(decide(asked.act, asked.kind, asked.on, facts)),
              encode_record(decide(asked.act, asked.kind, asked.on, asked.facts)))
        << asked.what;
  }
}

}  // namespace
}  // namespace shomei::explain
