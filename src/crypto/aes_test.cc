#include "crypto/aes.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace shomei::crypto {
namespace {

Bytes hex(std::string_view text) {
  return from_hex(text).value();
}

// The message of RFC 4493 section 4 and of SP 800-38A appendix F.
constexpr std::string_view kMessage =
    "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
    "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";
constexpr std::string_view kKey128 = "2b7e151628aed2a6abf7158809cf4f3c";
constexpr std::string_view kKey192 = "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b";
constexpr std::string_view kKey256 = "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4";

// SP 800-38B appendix D (updated examples), of which the first key's are RFC 4493's.
TEST(Cmac, IsTheStandards) {
  struct Row {
    std::string_view key;
    std::size_t bytes;
    std::string_view mac;
  };
  static constexpr Row kRows[] = {
      {kKey128, 0, "bb1d6929e95937287fa37d129b756746"},  {kKey128, 16, "070a16b46b4d4144f79bdd9dd04a287c"},
      {kKey128, 40, "dfa66747de9ae63030ca32611497c827"}, {kKey128, 64, "51f0bebf7e3b9d92fc49741779363cfe"},
      {kKey192, 0, "d17ddf46adaacde531cac483de7a9367"},  {kKey192, 16, "9e99a7bf31e710900662f65e617c5184"},
      {kKey256, 0, "028962f61b7bf89efc6b551f4667d983"},  {kKey256, 16, "28a7023f452e8f82bd4bf28d8c37c35c"},
  };
  const Bytes message = hex(kMessage);
  for (const auto& row : kRows) {
    const SecretBytes key(hex(row.key));
    const auto part = ByteView(message).first(row.bytes);
    EXPECT_EQ(to_hex(cmac(key, {part}).reveal()), row.mac);
    const auto half = row.bytes / 3;
    EXPECT_EQ(to_hex(cmac(key, {part.first(half), ByteView(), part.subspan(half)}).reveal()), row.mac);
  }
}

// SP 800-38A F.2.1, F.2.3, F.2.5.
TEST(Cbc, IsTheStandards) {
  AesBlock iv{};
  for (std::uint8_t i = 0; i < iv.size(); ++i) iv[i] = i;
  const Bytes message = hex(kMessage);
  for (const auto& [key, first] : {std::pair{kKey128, "7649abac8119b246cee98e9b12e9197d"},
                                   std::pair{kKey192, "4f021db243bc633d7178183a9fa071e8"},
                                   std::pair{kKey256, "f58c4c04d6e5f1ba779eabfb5f7bfbd6"}}) {
    const SecretBytes secret(hex(key));
    const auto encrypted = encrypt_cbc(secret, iv, message);
    EXPECT_EQ(to_hex(encrypted.reveal().first(16)), first);
    EXPECT_EQ(to_bytes(decrypt_cbc(secret, iv, encrypted.reveal()).reveal()), message);
  }
  EXPECT_TRUE(encrypt_cbc(SecretBytes(hex(kKey128)), iv, {}).empty());
}

}  // namespace
}  // namespace shomei::crypto
