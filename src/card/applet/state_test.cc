#include "card/applet/state.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "card/applet/test_card.h"

namespace shomei::card::applet {
namespace {

Bytes encoded(const ChipState& state) {
  return to_bytes(encode_state(state).reveal());
}

TEST(State, IsReadBackWhole) {
  ChipState state = complete_state();
  state.factory = test_factory();
  state.sequence_counter = 77;
  state.files[{ApplicationId::input_helper, 0x0001}] = Bytes(17, 0x31);
  state.of(kAuth).pending_key = test_key(kSign);
  const auto again = parse_state(encoded(state));
  ASSERT_TRUE(again);
  EXPECT_EQ(encoded(*again), encoded(state));
  EXPECT_EQ(again->phase, Phase::operational);
  EXPECT_EQ(again->card_kind, state.card_kind);
  EXPECT_EQ(again->sequence_counter, state.sequence_counter);
  ASSERT_TRUE(again->factory);
  EXPECT_EQ(again->factory->diversification, state.factory->diversification);
  EXPECT_EQ(again->file({ApplicationId::input_helper, 0x0001}),
            state.file({ApplicationId::input_helper, 0x0001}));
  EXPECT_TRUE(again->of(kAuth).pending_key);
  EXPECT_EQ(again->token_serial, state.token_serial);
  EXPECT_TRUE(again->pin(pin_id(kSign))->is(view(kSignPassword)));
  EXPECT_FALSE(again->pin(pin_id(kSign))->is(view(kAuthPin)));
  EXPECT_EQ(again->of(kAuth).key->public_key().spki(), test_key(kAuth).public_key().spki());
  EXPECT_EQ(again->of(kAuth).certificate, state.of(kAuth).certificate);
}

TEST(State, OfABornCardIsReadBackToo) {
  const ChipState born = ChipState::born();
  const auto again = parse_state(encoded(born));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->phase, Phase::personalisation);
  EXPECT_FALSE(again->pin(pin_id(kSign)) || again->of(kSign).key);
  EXPECT_NE(born.token_serial, ChipState::born().token_serial);
}

TEST(State, IsRefusedWhenItIsCutAnywhere) {
  const Bytes bytes = encoded(complete_state());
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(parse_state(ByteView(bytes).first(size))) << size;
  Bytes longer = bytes;
  longer.push_back(0);
  EXPECT_FALSE(parse_state(longer));
}

// One key and short certificates: OpenSSL takes its time over a key that is none.
ChipState small_state() {
  auto state = complete_state();
  state.of(kSign).key.reset();
  state.files[{ApplicationId::input_helper, 0x0001}] = Bytes(17, 0x31);
  for (const Kind kind : kKinds) {
    state.of(kind).certificate = test_certificate(300, 1);
    state.of(kind).authority_certificate.clear();
  }
  return state;
}

// Of the key, every 16th byte alone.
TEST(State, WithABentByteIsRefusedOrIsAnotherState) {
  const auto state = small_state();
  const Bytes bytes = encoded(state);
  const auto secret = state.of(kAuth).key->pkcs8();
  const auto key = std::ranges::search(bytes, secret.reveal());
  ASSERT_FALSE(key.empty());
  const auto begin = static_cast<std::size_t>(key.begin() - bytes.begin()), end = begin + key.size();
  std::size_t refusals = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    if (begin <= at && at < end && (at - begin) % 16 != 0) continue;
    Bytes bent = bytes;
    bent[at] ^= static_cast<std::uint8_t>(1U << (at % 8));
    const auto again = parse_state(bent);
    if (again)
      EXPECT_EQ(encoded(*again), bent) << at;
    else
      ++refusals;
  }
  EXPECT_GT(refusals, 50U);
}

TEST(State, RefusesWhatNoChipWrites) {
  auto state = complete_state();
  state.pin(pin_id(kAuth))->tries_left = 4;
  EXPECT_EQ(parse_state(encoded(state)).error().code, "card_state_form");
  state = complete_state();
  state.of(kAuth).certificate.resize(9000);
  EXPECT_EQ(parse_state(encoded(state)).error().code, "card_state_form");
  state = complete_state();
  state.of(kAuth).key = crypto::PrivateKey::generate(crypto::KeyType::ec_p256);
  EXPECT_EQ(parse_state(encoded(state)).error().code, "card_state_form");
  state = complete_state();
  state.phase = static_cast<Phase>(2);
  EXPECT_EQ(parse_state(encoded(state)).error().code, "card_state_form");
  state = complete_state();
  state.files[{ApplicationId::jpki, 0x0001}] = Bytes(4);  // no file of data
  EXPECT_EQ(parse_state(encoded(state)).error().code, "card_state_form");
  state = complete_state();
  state.files[{ApplicationId::face, 0x0002}] = Bytes(kDataFileBytesMax + 1);
  EXPECT_EQ(parse_state(encoded(state)).error().code, "card_state_form");
  Bytes version = encoded(complete_state());
  ASSERT_EQ(version[6], 2);
  version[6] = 3;
  EXPECT_EQ(parse_state(version).error().code, "card_state_form");
}

TEST(StoredPin, HasASaltOfItsOwn) {
  const auto one = StoredPin::make(pin_id(kAuth), view(kAuthPin));
  const auto two = StoredPin::make(pin_id(kAuth), view(kAuthPin));
  EXPECT_NE(one.salt, two.salt);
  EXPECT_NE(one.hash, two.hash);
  EXPECT_TRUE(one.is(view(kAuthPin)) && two.is(view(kAuthPin)));
  EXPECT_EQ(one.tries_left, 3U);
  EXPECT_EQ(StoredPin::make(pin_id(kSign), view(kSignPassword)).tries_left, 5U);
}

// A card file is sealed; yet a set that no channel can use must not stop the process at INITIALIZE UPDATE.
TEST(State, RefusesIssuerKeysThatNoChannelCanUse) {
  const auto code_with = [](std::uint8_t version, std::size_t mac_bytes) -> std::string {
    auto keys = test_factory()->issuer_keys.clone();
    keys.version = version;
    keys.mac = SecretBytes(Bytes(mac_bytes, 1));
    ChipState state = complete_state();
    state.factory = std::make_shared<const Factory>(Factory{std::move(keys), test_factory()->diversification,
                                                            test_factory()->attestation_key,
                                                            test_factory()->attestation_certificate});
    const auto again = parse_state(encode_state(state).reveal());
    return again ? "" : std::string(again.error().code);
  };
  EXPECT_EQ(code_with(1, 16), "");
  EXPECT_EQ(code_with(0x7F, 16), "");
  EXPECT_EQ(code_with(0, 16), "card_state_form");
  EXPECT_EQ(code_with(0x80, 16), "card_state_form");
  EXPECT_EQ(code_with(1, 32), "card_state_form");
}

}  // namespace
}  // namespace shomei::card::applet
