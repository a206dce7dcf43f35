#include "explain/act_words.h"

#include <gtest/gtest.h>

namespace shomei::explain {
namespace {

using rules::Kind;
using rules::RegisterPin;
using rules::Verb;

std::string_view code_of(std::string_view act, std::optional<std::string_view> kind) {
  const auto parsed = parse_act(act, kind);
  return parsed ? "" : parsed.error().code;
}

TEST(ActWords, NameTheActAndItsKind) {
  EXPECT_EQ(parse_act("issue", "signature")->kind, Kind::signature);
  EXPECT_EQ(parse_act("unlock_pin", "input_helper")->register_pin, RegisterPin::input_helper);
  EXPECT_EQ(parse_act("revoke", std::nullopt)->verb, Verb::revoke);
  EXPECT_EQ(parse_act("notice", "user_authentication")->kind, Kind::user_authentication);
  EXPECT_EQ(kind_word(*parse_act("change_pin", "resident_register")), "resident_register");
  EXPECT_EQ(kind_word(*parse_act("change_pin", "signature")), "signature");
  EXPECT_EQ(kind_word(*parse_act("event", std::nullopt)), "");
  EXPECT_EQ(parse_act("event", "signature")->kind, std::nullopt) << "it happens to both";
}

TEST(ActWords, WrongWordsAreRefusedWithThoseThatThereAre) {
  EXPECT_EQ(code_of("isue", "signature"), "act_unknown");
  EXPECT_EQ(
      parse_act("", std::nullopt).error().parameter("known"),
      "issue, renew, revoke, suspend, restore, change_pin, reset_pin, unlock_pin, replace_card, notice, "
      "event");
  EXPECT_EQ(code_of("issue", std::nullopt), "kind_needed");
  EXPECT_EQ(code_of("renew", "resident_register"), "kind_unknown");
  EXPECT_EQ(code_of("reset_pin", "sign"), "kind_unknown");
  EXPECT_EQ(parse_act("reset_pin", "sign").error().parameter("known"),
            "signature, user_authentication, resident_register, input_helper");
  EXPECT_EQ(code_of("event", "both"), "kind_unknown");
}

}  // namespace
}  // namespace shomei::explain
