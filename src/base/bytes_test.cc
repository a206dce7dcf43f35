#include "base/bytes.h"

#include <gtest/gtest.h>

namespace shomei {
namespace {

TEST(Bytes, HexGoesBothWaysInEitherCase) {
  EXPECT_EQ(to_hex(Bytes{0x00, 0xAB, 0xff}), "00abff");
  EXPECT_EQ(to_hex_upper(Bytes{0x00, 0xAB, 0xff}), "00ABFF");
  EXPECT_EQ(*from_hex("00aBFf"), (Bytes{0x00, 0xAB, 0xFF}));
}

TEST(Bytes, HexRefusesOddLengthAndOtherCharacters) {
  for (auto text : {"0", "0g", " 00", "0x00", "00 "})
    EXPECT_EQ(from_hex(text).error().code, "hex_form") << text;
}

TEST(Bytes, Base64FollowsTheVectorsOfRfc4648Section10) {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, coded] : vectors) {
    EXPECT_EQ(to_base64(view(plain)), coded);
    EXPECT_EQ(to_text(*from_base64(coded)), plain);
  }
}

TEST(Bytes, Base64RefusesWhatIsNotCanonical) {
  for (auto text : {"Zg", "Zg=", "Zh==", "Zm9=", "=Zm9", "Zm 9", "Z===", "Zm9v\n", "Zg==Zg=="})
    EXPECT_FALSE(from_base64(text)) << text;
}

TEST(Bytes, BigEndianIntegers) {
  Bytes out;
  append_u16(out, 0x0102);
  append_u32(out, 0x03040506);
  append_u64(out, 0x0708090A0B0C0D0EULL);
  EXPECT_EQ(to_hex(out), "0102030405060708090a0b0c0d0e");
}

}  // namespace
}  // namespace shomei
