#include "crypto/stretch.h"

#include <gtest/gtest.h>

namespace shomei::crypto {
namespace {

// RFC 7914 section 12: the first half of its vectors (they are of 64 bytes, and the first block of PBKDF2 is
// 32 of them).
TEST(Stretch, IsScrypt) {
  EXPECT_EQ(to_hex(stretch(SecretBytes::of_text("password"), view("NaCl"), {10, 8, 16}).reveal()),
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162");
  EXPECT_EQ(
      to_hex(stretch(SecretBytes::of_text("pleaseletmein"), view("SodiumChloride"), {14, 8, 1}).reveal()),
      "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2");
}

TEST(Stretch, CostsThatAFileMayNotAskForAreNotUsable) {
  EXPECT_TRUE(is_usable({}));
  EXPECT_TRUE(is_usable({18, 8, 1}));
  for (const StretchCost& cost :
       {StretchCost{9, 8, 1}, StretchCost{21, 8, 1}, StretchCost{15, 0, 1}, StretchCost{15, 8, 0},
        StretchCost{15, 8, 17}, StretchCost{19, 8, 1}, StretchCost{20, 0xFFFFFFFF, 1}})
    EXPECT_FALSE(is_usable(cost)) << int{cost.log2_n} << " " << cost.r << " " << cost.p;
}

}  // namespace
}  // namespace shomei::crypto
