// Errands and turns: what one end encodes the other reads the same, and nothing else is read.
#include "services/acts/card_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace shomei::services {
namespace {

using counter::Errand;
using nlohmann::json;

const CardId kCard = *CardId::parse("card-hanako-1");

CardTurn turn_with_everything() {
  counter::Outcome outcome;
  outcome.card = {
      true,
      card::CardKind::next_generation,
      {card::Kind::user_authentication},
      {{counter::SettledThing::What::certificate, card::PinId::signature, authority::CardEnd::completed,
        "0A1B"},
       {counter::SettledThing::What::pin, card::PinId::input_helper, authority::CardEnd::rolled_back, ""}},
      *parse_date("1990-01-02")};
  outcome.proof = issuer::KeyProof{{1, 2}, {{3}, {4, 5}}};
  return {"session-1", kCard, {{}, outcome}};
}

TEST(CardJson, TurnsGoThereAndBack) {
  const auto sent = turn_with_everything();
  const auto read = parse_card_turn(encode(sent));
  ASSERT_TRUE(read) << read.error().parameter("what");
  EXPECT_EQ(read->session, sent.session);
  EXPECT_EQ(read->card, kCard);
  ASSERT_TRUE(read->turn.outcome);
  const auto &a = *read->turn.outcome, &b = *sent.turn.outcome;
  EXPECT_EQ(a.card.operational, b.card.operational);
  EXPECT_EQ(a.card.kind, b.card.kind);
  EXPECT_EQ(a.card.pins_set, b.card.pins_set);
  EXPECT_EQ(a.card.settled, b.card.settled);
  EXPECT_EQ(a.card.born, b.card.born);
  EXPECT_EQ(a.proof->pkcs10, b.proof->pkcs10);
  EXPECT_EQ(a.proof->attestation, b.proof->attestation);
  const CardTurn commands{"session-1", kCard, {{{0x00, 0xA4}, {0x84}}, std::nullopt}};
  EXPECT_EQ(parse_card_turn(encode(commands))->turn.commands, commands.turn.commands);
}

TEST(CardJson, QuestionsGoThereAndBack) {
  CardErrand errand{"session-1", 7, {Errand::What::make_key, {card::Kind::signature}, "visit-1"}};
  errand.errand.application.ground = rules::Ground::lost;
  const auto read = parse_card_errand(encode(errand));
  ASSERT_TRUE(read) << read.error().code;
  EXPECT_EQ(read->turn, 7U);
  EXPECT_EQ(read->errand.what, errand.errand.what);
  EXPECT_EQ(read->errand.kinds, errand.errand.kinds);
  EXPECT_EQ(read->errand.challenge, "visit-1");
  EXPECT_EQ(read->errand.application.ground, rules::Ground::lost);
  for (const auto pin : card::kHolderPins) {
    const CardErrand act{"session-1", 8, {.what = Errand::What::reset_pin, .pin = pin}};
    const auto about = parse_card_errand(encode(act));
    ASSERT_TRUE(about) << about.error().code;
    EXPECT_EQ(about->errand.pin, pin);
    EXPECT_TRUE(about->errand.kinds.empty());
  }
  const CardAnswers answers{"session-1", 2, {{0x90, 0x00}, {}}};
  EXPECT_EQ(parse_card_answers(encode(answers))->answers, answers.answers);
}

TEST(CardJson, NothingElseIsRead) {
  const auto good = json::parse(encode(CardAnswers{"session-1", 2, {{0x90, 0x00}}}));
  const auto code = [](const json& document) {
    const auto read = parse_card_answers(document.dump());
    return read ? "read" : std::string(read.error().code);
  };
  EXPECT_EQ(code(good), "read");
  for (const auto& [member, value] : std::initializer_list<std::pair<const char*, json>>{
           {"turn", "-1"},
           {"turn", ""},
           {"turn", 1},
           {"turn", "99999999"},
           {"answers", {1}},
           {"answers", {"?"}},
           {"answers", json::array({"", "", "", "", "", "", "", "", ""})},
           {"more", 1},
           {"session", nullptr}}) {
    auto bad = good;
    bad[member] = value;
    EXPECT_NE(code(bad), "read") << bad.dump();
  }
  auto errand = json::parse(encode(CardErrand{"session-1", 1, {}}));
  errand["errand"] = "sign";
  EXPECT_EQ(parse_card_errand(errand.dump()).error().code, "errand_form");
  for (const auto& kinds : std::initializer_list<json>{
           json::array(), {"face_a"}, {"common"}, {1}, {"signature", "user_authentication"}}) {
    auto act = json::parse(encode(
        CardErrand{"session-1", 1, {.what = Errand::What::reset_pin, .pin = card::PinId::input_helper}}));
    act["kinds"] = kinds;
    EXPECT_FALSE(parse_card_errand(act.dump())) << kinds.dump();
    act["errand"] = "open_pins";
    act["kinds"] = {"input_helper"};
    EXPECT_FALSE(parse_card_errand(act.dump())) << "it is set with that of user authentication";
  }
  const std::string text = encode(turn_with_everything());
  for (std::size_t i = 0; i < text.size(); i += 7) EXPECT_FALSE(parse_card_turn(text.substr(0, i)));
}

}  // namespace
}  // namespace shomei::services
