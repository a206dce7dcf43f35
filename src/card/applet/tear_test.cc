// The power is cut at each save of each act: what is found is the card before the act or the card after it.
// A save itself is whole or not at all (card/file); tests/crash cuts that one.
#include <gtest/gtest.h>

#include <functional>

#include "card/applet/test_issuer.h"

namespace shomei::card::applet {
namespace {

constexpr std::string_view kNewPin = "9999";

// What an act is about. Tries are paid before a PIN is looked at, so they are looked at beside this.
struct Found {
  std::vector<Bytes> members;
  bool operator==(const Found&) const = default;
};

Found found_on(const ChipState& state) {
  Found found;
  found.members.push_back({static_cast<std::uint8_t>(state.phase)});
  for (const Kind kind : kKinds) {
    const auto& half = state.of(kind);
    const auto& pin = state.pin(pin_id(kind));
    found.members.push_back(half.key ? half.key->public_key().spki() : Bytes{});
    found.members.push_back(half.pending_key ? half.pending_key->public_key().spki() : Bytes{});
    found.members.push_back(half.certificate);
    found.members.push_back(half.authority_certificate);
    found.members.push_back({static_cast<std::uint8_t>(pin && pin->is(view(pin_of(kind)))),
                             static_cast<std::uint8_t>(pin && pin->is(view(kNewPin)))});
  }
  for (const auto& [name, file] : state.files) found.members.push_back(file);
  return found;
}

struct Act {
  std::string name;
  std::function<ChipState()> before;
  std::function<void(IssuerAndCard&)> carry_out;
};

ChipState in_use() {
  auto state = complete_state();
  state.factory = test_factory();
  return state;
}

ChipState renewing() {
  static const auto kNew = crypto::PrivateKey::generate(crypto::KeyType::rsa_2048);
  auto state = in_use();
  state.of(kAuth).pending_key = kNew;
  return state;
}

ChipState blocked() {
  auto state = in_use();
  state.pin(PinId::user_authentication)->tries_left = 0;
  return state;
}

ChipState to_be_finished() {
  auto state = in_use();
  state.phase = Phase::personalisation;
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
                          certificate_for(renewing().of(kAuth).pending_key->public_key()));
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
      // A key that is made anew is another each time: then what matters is that it waits.
      const bool new_key = state.of(kAuth).pending_key.has_value() && act.name == "key generation";
      const bool is_after = found == after || new_key;
      EXPECT_TRUE(found == found_on(before) || is_after) << act.name << " cut at " << cut;
      EXPECT_FALSE(done && !is_after) << act.name << " went back at " << cut;
      done = is_after;
      for (const auto& pin : kPins) EXPECT_LE(state.tries_left(pin.id), pin.tries_max);
    }
    EXPECT_TRUE(done) << act.name;
  }
}

TEST(Tear, OfAPinResetLeavesNoDoorOpen) {
  for (std::size_t cut = 0; cut <= 1; ++cut) {
    TestCard card(torn(acts()[3], cut));  // cut before the new PIN was stored
    card.expect({{kSelectJpki, "9000"}, {"002401980438383838", "6984"}});
  }
}

}  // namespace
}  // namespace shomei::card::applet
