// Cards that an earlier program wrote.
#include <gtest/gtest.h>

#include "card/applet/test_card.h"
#include "der/writer.h"

namespace shomei::card::applet {
namespace {

Bytes half_1(const ChipState& state, Kind kind) {
  const auto& pin = *state.pin(pin_id(kind));
  const auto& half = state.of(kind);
  const Bytes stored = der::constructed(
      der::context_constructed(0),
      {der::octet_string(pin.salt), der::octet_string(pin.hash), der::integer(pin.tries_left)});
  return der::sequence({stored, der::encode(der::context(1), half.key->pkcs8().reveal()),
                        der::octet_string(half.certificate), der::octet_string(half.authority_certificate)});
}

Bytes version_1(const ChipState& state) {
  return der::sequence({der::integer(1), der::enumerated(static_cast<std::uint8_t>(state.phase)),
                        der::octet_string(state.token_serial), der::octet_string(Bytes{0x8F, 0x8F, 0}),
                        half_1(state, kSign), half_1(state, kAuth)});
}

TEST(State1, IsACardWithoutAnIssuersChannel) {
  const auto state = complete_state();
  const auto read = parse_state_1(version_1(state));
  ASSERT_TRUE(read);
  TestCard card(*read);
  card.expect({{"00a4040c07a0000001510000", "9000"},
               {"8050000008010203040506070800", "6985"},
               {kSelectJpki, "9000"},
               {"002000980434373131", "9000"},
               {"802a0097010100", "*9000"},
               {"00b0880003", "8f8f009000"}});
  EXPECT_EQ(read->token_serial, state.token_serial);
  EXPECT_EQ(read->of(kSign).certificate, state.of(kSign).certificate);
  // What it saves is version 2.
  EXPECT_TRUE(parse_state(card.storage.saved));
}

TEST(State1, IsRefusedWhenItIsCutAnywhere) {
  const Bytes bytes = version_1(complete_state());
  for (std::size_t size = 0; size < bytes.size(); size += 7)
    EXPECT_FALSE(parse_state_1(ByteView(bytes).first(size))) << size;
  EXPECT_FALSE(parse_state_1(encode_state(complete_state()).reveal()));
}

}  // namespace
}  // namespace shomei::card::applet
