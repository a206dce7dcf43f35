#include "rules/pins/pin_quality.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "rules/rules_testing.h"

namespace shomei::rules {
namespace {

const Date kBorn = day("1990-03-25");

std::string says(Kind kind, std::string_view pin, std::optional<Date> born = kBorn,
                 const Settings& settings = {}) {
  const auto result = check_pin(kind, pin, born, settings);
  return result ? "good" : std::string(result.error().code);
}
std::string pin(std::string_view text) {
  return says(kAuthentication, text);
}
std::string password(std::string_view text) {
  return says(kSignature, text);
}

TEST(SeedPassword, SignatureHas6To16AlphanumericCharacters) {
  EXPECT_EQ(password("K7QX2"), "new_password_form") << "five";
  EXPECT_EQ(password("K7QX2P"), "good") << "six";
  EXPECT_EQ(password("K7QX2PM4TR8WZ5BN"), "good") << "sixteen";
  EXPECT_EQ(password("K7QX2PM4TR8WZ5BN3"), "new_password_form") << "seventeen";
  EXPECT_EQ(password(""), "new_password_form");
  for (const auto* other : {"K7QX2-", "K7QX 2P", "K7QX2\xC3\xA9", "Ｋ7QX2P", "K7QX2P\n", "K7QX2_P"})
    EXPECT_EQ(password(other), "new_password_form") << other;
  EXPECT_EQ(password(std::string_view("K7QX2P\0", 7)), "new_password_form");
}

TEST(SeedPassword, UserAuthenticationHasAFourDigitNumber) {
  EXPECT_EQ(pin("8305"), "good");
  for (const auto* other : {"", "830", "83051", "83O5", "830 ", "８３０５", "-305", "830\n"})
    EXPECT_EQ(pin(other), "new_pin_form") << other;
}

TEST(JpkiFacts14, LettersAndDigitsAreBothRequired) {
  EXPECT_EQ(password("KQXPMTRW"), "new_password_mixed");
  EXPECT_EQ(password("82640517"), "new_password_mixed");
  Settings lenient;
  lenient.weak_pins_refused = false;
  EXPECT_EQ(says(kSignature, "KQXPMTRW", kBorn, lenient), "new_password_mixed") << "it is of the form";
}

TEST(JpkiFacts14, LowerCaseIsFoldedToUpperCase) {
  EXPECT_EQ(fold_password("k7qX2pz").reveal_text(), "K7QX2PZ");
  EXPECT_EQ(fold_password("AZaz09[`{@").reveal_text(), "AZAZ09[`{@") << "letters alone";
  EXPECT_EQ(password("k7qx2p"), "good");
  EXPECT_EQ(password("aBc123"), "weak_password_runs");
}

TEST(JpkiFacts14, ThePinFormRuleTellsTheSameTries) {
  for (const Kind kind : {kSignature, kAuthentication}) {
    const auto decision = ask({Verb::reset_pin, kind, {}}, with_both_certificates());
    for (const auto& [rule, finding] : decision.rules())
      if (rule->id == "pin_form")
        EXPECT_EQ(format_value(finding.values.all()[0].value),
                  std::to_string(kind == kSignature ? kSignatureTries : kAuthenticationTries));
  }
}

TEST(RulesWeakPins, OneDigitFourTimes) {
  for (const auto* text : {"0000", "1111", "5555", "9999"})
    EXPECT_EQ(pin(text), "weak_pin_one_digit") << text;
  EXPECT_EQ(pin("1112"), "good");
}

TEST(RulesWeakPins, RunsInBothDirections) {
  for (const auto* text : {"1234", "4321", "0123", "3210", "6789", "9876", "7890", "0987", "8901", "2109"})
    EXPECT_EQ(pin(text), "weak_pin_run") << text;
  for (const auto* text : {"1235", "1243", "1357", "1224", "2468", "0124"})
    EXPECT_EQ(pin(text), "good") << text;
}

TEST(RulesWeakPins, PartsOfTheBirthDate) {
  EXPECT_EQ(pin("0325"), "weak_pin_birth_date") << "MMDD";
  EXPECT_EQ(pin("9003"), "weak_pin_birth_date") << "YYMM";
  EXPECT_EQ(pin("1990"), "weak_pin_birth_date") << "YYYY";
  EXPECT_EQ(says(kAuthentication, "0325", std::nullopt), "good") << "nothing is known of the birth";
  EXPECT_EQ(says(kAuthentication, "0325", day("1990-03-26")), "good") << "someone else's";
  EXPECT_EQ(says(kAuthentication, "0229", day("2004-02-29")), "weak_pin_birth_date");
  EXPECT_EQ(says(kAuthentication, "0007", day("2000-07-31")), "weak_pin_birth_date") << "YYMM of 2000";
}

TEST(RulesWeakPins, AWholeBirthDateInASignaturePassword) {
  EXPECT_EQ(password("K19900325X"), "weak_password_birth_date");
  EXPECT_EQ(password("900325Q"), "weak_password_birth_date") << "YYMMDD";
  EXPECT_EQ(password("QK900325"), "weak_password_birth_date");
  EXPECT_EQ(password("K199003Q5X"), "good");
  EXPECT_EQ(says(kSignature, "K19900325X", std::nullopt), "good");
}

TEST(RulesWeakPins, ASignaturePasswordOfTwoRuns) {
  for (const auto* text : {"ABC123", "123ABC", "AAAAA1", "1AAAAA", "AAA111", "ABCDE1", "A12345", "ZYX987",
                           "A00000", "ABCDEFGH12345678", "XYZ789", "AAA987"})
    EXPECT_EQ(password(text), "weak_password_runs") << text;
  for (const auto* text : {"ABD124", "AB12CD", "ABC124", "A1B2C3", "XYZA12"})
    EXPECT_EQ(password(text), "good") << text;
}

TEST(RulesWeakPins, LettersDoNotFollowDigits) {
  EXPECT_EQ(password("789ABC0"), "good") << "three pieces";
  EXPECT_EQ(password("89ABCD"), "weak_password_runs") << "two";
}

TEST(RulesWeakPins, AreASetting) {
  Settings lenient;
  lenient.weak_pins_refused = false;
  for (const auto* text : {"1234", "1111", "0325"})
    EXPECT_EQ(says(kAuthentication, text, kBorn, lenient), "good") << text;
  for (const auto* text : {"ABC123", "K19900325X"}) EXPECT_EQ(says(kSignature, text, kBorn, lenient), "good");
  EXPECT_EQ(says(kAuthentication, "12345", kBorn, lenient), "new_pin_form") << "the form is not";
}

TEST(RulesWeakPins, AreRefusedAndOfWrongFormAreMalformed) {
  EXPECT_EQ(check_pin(kAuthentication, "1234", kBorn, {}).error().fault, Fault::refused);
  EXPECT_EQ(check_pin(kAuthentication, "123", kBorn, {}).error().fault, Fault::malformed);
}

TEST(RulesWeakPinsProperty, NoErrorHoldsWhatWasTyped) {
  EXPECT_TRUE(rc::check([] {
    const auto typed = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
    for (const Kind kind : {kSignature, kAuthentication}) {
      const auto result = check_pin(kind, typed, kBorn, {});
      if (!result) RC_ASSERT(result.error().parameters.empty());
    }
  }));
}

// Of the ten thousand: ten of one digit, ten runs up and ten down, and three from the date of birth.
TEST(RulesWeakPins, LeaveNearlyAllOfTheTenThousand) {
  int good = 0;
  for (int i = 0; i < 10000; ++i) {
    const std::string text = std::to_string(10000 + i).substr(1);
    good += check_pin(kAuthentication, text, kBorn, {}).has_value();
  }
  EXPECT_EQ(good, 10000 - 33);
}

TEST(RulesWeakPinsProperty, TheCaseOfLettersDoesNotMatter) {
  EXPECT_TRUE(rc::check([] {
    const auto typed =
        *rc::gen::container<std::string>(rc::gen::element('a', 'B', 'c', 'Z', 'q', '1', '2', '9', '0', '-'));
    RC_ASSERT(password(typed) == password(fold_password(typed).reveal_text()));
  }));
}

}  // namespace
}  // namespace shomei::rules
