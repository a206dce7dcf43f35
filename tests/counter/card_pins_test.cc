// Acts on the PINs of a card in use, on a real chip: each PIN by itself, and what goes with one.
#include "counter/card_pins.h"

#include "tests/counter/small_office.h"

namespace shomei::test {
namespace {

using card::PinId;
using card::applet::StoredPin;

class CardPinsTest : public SmallOffice {
 protected:
  // A card of the standard kind, in use, on which three PINs and three reference numbers were set.
  struct Card {
    explicit Card(card::applet::ChipState state) : chip(std::move(state), storage) {}
    KeptInMemory storage;
    card::applet::Chip chip;
    card::applet::ChipTransport transport{chip};

    bool is(PinId pin, std::string_view digits) const { return chip.state().pin(pin)->is(view(digits)); }
    unsigned tries(PinId pin) const { return chip.state().pin(pin)->tries_left; }
  };

  std::unique_ptr<Card> card_with(const std::map<PinId, unsigned>& tries,
                                  card::CardKind kind = card::CardKind::standard) const {
    auto state = born_card(cards_.issuer, card_of(resident_).id, kind);
    state.phase = card::applet::Phase::operational;
    const auto put = [&](PinId pin, std::string_view digits) {
      auto stored = StoredPin::make(pin, view(digits));
      if (const auto left = tries.find(pin); left != tries.end()) stored.tries_left = left->second;
      state.pin(pin) = stored;
    };
    put(PinId::user_authentication, "8351");
    put(PinId::signature, "HK7Q29");
    if (card::has_input_helper_pin(kind)) put(PinId::input_helper, "4716");
    put(PinId::face_a, "123456789012");
    put(PinId::input_helper_a, "123456789012");
    put(PinId::face_birth_date, "020102");
    return std::make_unique<Card>(std::move(state));
  }

  Result<void> reset(Card& card, PinId pin, std::string_view to) {
    return act(card, [&](auto& visit, const auto& view) {
      return counter::reset_pin(visit, card.transport, view, pin, {}, SecretBytes::of_text(to),
                                rules_.settings);
    });
  }
  Result<void> change(Card& card, PinId pin, std::string_view from, std::string_view to) {
    return act(card, [&](auto& visit, const auto& view) {
      return counter::change_pin(visit, card.transport, view, pin, {}, SecretBytes::of_text(from),
                                 SecretBytes::of_text(to), rules_.settings);
    });
  }

  void SetUp() override {
    resident_ = take_in("hanako-1");
    cards_.policy.contents = [](const auto&, const auto&) -> Result<counter::CardContents> {
      using card::ApplicationId;
      return counter::CardContents{{},
                                   {{{ApplicationId::face, 0x0013, "123456789012"}},
                                    {{ApplicationId::input_helper, 0x0014, "123456789012"}},
                                    {{ApplicationId::face, 0x0011, "020102"}}}};
    };
  }

  ResidentId resident_;

 private:
  Result<void> act(Card& card, const auto& what) {
    counter::CardVisit visit(parts(), officer(), resident_);
    SHOMEI_TRY(auto open, counter::carry_out(visit, card.transport, {.what = counter::Errand::What::open}));
    return what(visit, open.card);
  }
};

TEST_F(CardPinsTest, ABlockedPinOfTheInputHelperIsSetAnewAndNoOther) {
  const auto card = card_with({{PinId::input_helper, 0}, {PinId::user_authentication, 1}});
  const auto before = entries();
  const auto done = reset(*card, PinId::input_helper, "7294");
  ASSERT_TRUE(done) << done.error().code;
  EXPECT_TRUE(card->is(PinId::input_helper, "7294"));
  EXPECT_EQ(card->tries(PinId::input_helper), 3U);
  EXPECT_TRUE(card->is(PinId::user_authentication, "8351"));
  EXPECT_EQ(card->tries(PinId::user_authentication), 1U);
  ASSERT_EQ(entries(), before + 2);
  const auto intent = entry(before);
  EXPECT_EQ(intent.phase, journal::Phase::intent);
  EXPECT_EQ(intent.of(field::kAct), "reset_pin");
  EXPECT_EQ(intent.of(counter::kPinField), "input_helper");
  EXPECT_FALSE(intent.of(field::kDecision).empty());
  EXPECT_EQ(last_entry().phase, journal::Phase::result);
  EXPECT_EQ(last_entry().of(authority::kCardEndField), "completed");
}

TEST_F(CardPinsTest, WhoKnowsThePinOfTheInputHelperChangesIt) {
  const auto card = card_with({});
  EXPECT_EQ(change(*card, PinId::input_helper, "8351", "7294").error().code, "pin_wrong");
  EXPECT_EQ(last_entry().of(authority::kCardEndField), "rolled_back");
  EXPECT_EQ(card->tries(PinId::input_helper), 2U);
  ASSERT_TRUE(change(*card, PinId::input_helper, "4716", "7294"));
  EXPECT_EQ(last_entry().of(authority::kCardEndField), "completed");
  EXPECT_TRUE(card->is(PinId::input_helper, "7294"));
  EXPECT_TRUE(card->is(PinId::user_authentication, "8351"));
}

TEST_F(CardPinsTest, TheInputHelpersDigitsAreAskedWhatThoseOfUserAuthenticationAre) {
  const auto card = card_with({});
  const auto before = entries();
  EXPECT_EQ(reset(*card, PinId::input_helper, "7777").error().code, "weak_pin_one_digit");
  EXPECT_EQ(reset(*card, PinId::input_helper, "0102").error().code, "weak_pin_birth_date");
  EXPECT_EQ(reset(*card, PinId::input_helper, "72941").error().code, "new_pin_form");
  EXPECT_EQ(entries(), before);
}

TEST_F(CardPinsTest, ACardOfTheNextGenerationHasNoPinOfTheInputHelper) {
  const auto card = card_with({}, card::CardKind::next_generation);
  EXPECT_EQ(reset(*card, PinId::input_helper, "7294").error().code, "card_has_no_pin");
  EXPECT_TRUE(card->is(PinId::user_authentication, "8351"));
}

TEST_F(CardPinsTest, AReferenceNumberIsNoPinThatAnybodyChooses) {
  const auto card = card_with({});
  EXPECT_EQ(reset(*card, PinId::face_a, "7294").error().code, "errand_form");
  EXPECT_EQ(reset(*card, PinId::common, "7294").error().code, "errand_form");
}

// With the entry that names them; one that has a try left has no more after it.
TEST_F(CardPinsTest, AResetGivesBlockedReferenceNumbersTheirTriesBack) {
  const auto card = card_with({{PinId::face_a, 0}, {PinId::face_birth_date, 0}, {PinId::input_helper_a, 1}});
  ASSERT_TRUE(change(*card, PinId::user_authentication, "8351", "7294"));
  EXPECT_EQ(card->tries(PinId::face_a), 0U) << "a change is none";
  const auto before = entries();
  ASSERT_TRUE(reset(*card, PinId::user_authentication, "6193"));
  EXPECT_EQ(card->tries(PinId::face_a), 10U);
  EXPECT_EQ(card->tries(PinId::face_birth_date), 10U);
  EXPECT_EQ(card->tries(PinId::input_helper_a), 1U);
  EXPECT_EQ(entry(before).of(counter::kNumbersField), "face_a, face_birth_date");
  ASSERT_TRUE(reset(*card, PinId::user_authentication, "7294"));
  EXPECT_FALSE(entry(entries() - 2).has(counter::kNumbersField)) << "none was blocked";
}

TEST_F(CardPinsTest, ARefusedResetGivesNoTriesBack) {
  set_card_state(resident_, residents::CardState::returned);
  const auto card = card_with({{PinId::face_a, 0}});
  ASSERT_FALSE(reset(*card, PinId::user_authentication, "7294"));
  EXPECT_EQ(card->tries(PinId::face_a), 0U);
}

}  // namespace
}  // namespace shomei::test
