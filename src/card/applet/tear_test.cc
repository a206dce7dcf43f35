// The power is cut at each save of each act: what is found is the card before the act or the card after it.
// A save itself is whole or not at all (files/file_test); tests/crash kills one issue at three random points
// in each mode, `./dev soak` at hundreds.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "card/applet/test_issuer.h"

namespace shomei::card::applet {
namespace {

// As PinId numbers them; of the others no act sets one.
constexpr std::string_view kOldPins[] = {kAuthPin, kSignPassword, "1234", "123456789012"};
constexpr std::string_view kNewPins[] = {"9999", "9999", "9999", "999999999999"};
constexpr std::string_view kNewReference = kNewPins[index_of(PinId::input_helper_a)];

// Everything but what differs from one run to the next: the salt of a PIN that was set, the numbers of a key
// that was made, and the channels that were begun. Tries are paid before a PIN is looked at, so they are
// looked at beside this.
struct Found {
  Bytes state;
  std::vector<bool> pins;
  std::vector<bool> made_keys;
  bool operator==(const Found&) const = default;
};

const crypto::PrivateKey& waiting_key() {
  static const auto kWaiting = crypto::PrivateKey::generate(crypto::KeyType::rsa_2048);
  return kWaiting;
}

// None of those that a card has before its act.
bool was_made(const std::optional<crypto::PrivateKey>& key) {
  const auto is = [&](const crypto::PrivateKey& other) { return key->public_key() == other.public_key(); };
  return key && !is(test_key(kAuth)) && !is(test_key(kSign)) && !is(waiting_key());
}

Found found_on(const ChipState& state) {
  Found found;
  ChipState rest = state;
  rest.sequence_counter = 0;
  for (std::size_t i = 0; i < std::size(kOldPins); ++i) {
    auto& pin = rest.pins[i];
    found.pins.push_back(pin && pin->is(view(kOldPins[i])));
    found.pins.push_back(pin && pin->is(view(kNewPins[i])));
    pin.reset();
  }
  for (auto* key : {&rest.of(kAuth).pending_key, &rest.session_key}) {
    found.made_keys.push_back(was_made(*key));
    if (was_made(*key)) key->reset();
  }
  found.state = to_bytes(encode_state(rest).reveal());
  return found;
}

struct Act {
  std::string name;
  std::function<ChipState()> before;
  std::function<void(IssuerAndCard&)> carry_out;
};

ChipState in_use() {
  auto state = complete_state();
  state.token_serial.fill('7');
  state.factory = test_factory();
  return state;
}

ChipState renewing() {
  auto state = in_use();
  state.of(kAuth).pending_key = waiting_key();
  return state;
}

ChipState with_input_helper() {
  static const auto kPin = StoredPin::make(PinId::input_helper, view("1234"));
  static const auto kReferenceA = StoredPin::make(PinId::input_helper_a, view("123456789012"));
  auto state = in_use();
  state.pin(PinId::input_helper) = kPin;
  state.pin(PinId::input_helper_a) = kReferenceA;
  return state;
}

ChipState blocked() {
  auto state = in_use();
  state.pin(PinId::user_authentication)->tries_left = 0;
  return state;
}

ChipState to_be_finished() {
  auto state = with_input_helper();
  state.phase = Phase::personalisation;
  state.session_key = test_key(kAuth);
  return state;
}

// As it was born: with what the factory put in.
ChipState rolled_back() {
  const auto before = to_be_finished();
  auto state = ChipState::born(before.card_kind, before.factory);
  state.token_serial = before.token_serial;
  return state;
}

const std::vector<Act>& acts() {
  static const std::vector<Act> kActs{
      {"key generation", in_use,
       [](IssuerAndCard& both) {
         both.open();
         (void)both.generate(kAuth, Bytes(16, 1));
       }},
      {"certificate write", renewing,
       [](IssuerAndCard& both) {
         both.open();
         (void)both.write(ApplicationId::jpki, certificate_file(kAuth),
                          certificate_for(waiting_key().public_key()));
       }},
      {"dropping of a key that waits", renewing,
       [](IssuerAndCard& both) {
         both.open();
         (void)both.send(ins::kDelete, 0, 0, named(ApplicationId::jpki, key_file(kAuth)));
       }},
      {"PIN change", in_use,
       [](IssuerAndCard& both) {
         both.card.say(kSelectJpki);
         both.card.say("002000980434373131");
         both.card.say("002401980439393939");
       }},
      {"PIN reset", blocked,
       [](IssuerAndCard& both) {
         both.open();
         (void)both.open_pin(ApplicationId::jpki, pin_file(kAuth));
         both.card.say(kSelectJpki);
         both.card.say("002401980439393939");
       }},
      {"renewal of a reference number", with_input_helper,
       [](IssuerAndCard& both) {
         both.open();
         (void)both.send(
             ins::kChangeReferenceData, 0, 0,
             concatenate({named(ApplicationId::input_helper, 0x0014), object(0x53, view(kNewReference))}));
       }},
      {"making of the session key", with_input_helper,
       [](IssuerAndCard& both) {
         both.card.say("00a4040c0ad3921000310001010408");
         both.card.say("002000910431323334");
         both.card.say("00b0860000");
       }},
      {"data write", in_use,
       [](IssuerAndCard& both) {
         both.open();
         (void)both.write(ApplicationId::face, 0x0002, Bytes(1500, 3));
       }},
      {"taking into use", to_be_finished,
       [](IssuerAndCard& both) {
         both.open();
         (void)both.send(ins::kSetStatus, 0, 1);
       }},
      {"roll-back", to_be_finished,
       [](IssuerAndCard& both) {
         both.open();
         (void)both.send(ins::kDelete, 0, 0);
       }},
  };
  return kActs;
}

const Act& act_named(std::string_view name) {
  return *std::ranges::find(acts(), name, &Act::name);
}

// The card as it is found after `saves` saves, whatever the act went on to do.
ChipState torn(const Act& act, std::size_t saves) {
  const auto before = act.before();
  IssuerAndCard both(before);
  both.card.storage.saved = to_bytes(encode_state(before).reveal());
  both.card.storage.fails_from = saves + 1;
  act.carry_out(both);
  return parse_state(both.card.storage.saved).value();
}

TEST(Tear, EveryActIsDoneOrNotDone) {
  for (const auto& act : acts()) {
    const auto before = act.before();
    IssuerAndCard whole(before);
    act.carry_out(whole);
    const auto after = found_on(whole.state());
    EXPECT_NE(after, found_on(before)) << act.name;
    const auto saves = whole.card.storage.saves;
    ASSERT_GE(saves, 1U) << act.name;
    bool done = false;
    for (std::size_t cut = 0; cut <= saves; ++cut) {
      const auto state = torn(act, cut);
      const auto found = found_on(state);
      const bool is_after = found == after;
      EXPECT_TRUE(found == found_on(before) || is_after) << act.name << " cut at " << cut;
      EXPECT_FALSE(done && !is_after) << act.name << " went back at " << cut;
      done = is_after;
      for (const auto& pin : kPins) EXPECT_LE(state.tries_left(pin.id), pin.tries_max);
    }
    EXPECT_TRUE(done) << act.name;
  }
}

TEST(Tear, ARollBackLeavesTheCardAsItWasBorn) {
  IssuerAndCard both(to_be_finished());
  act_named("roll-back").carry_out(both);
  EXPECT_EQ(found_on(both.state()), found_on(rolled_back()));
}

TEST(Tear, OfAPinResetLeavesNoDoorOpen) {
  for (std::size_t cut = 0; cut <= 1; ++cut) {
    TestCard card(torn(act_named("PIN reset"), cut));  // cut before the new PIN was stored
    card.expect({{kSelectJpki, "9000"}, {"002401980438383838", "6984"}});
  }
}

}  // namespace
}  // namespace shomei::card::applet
