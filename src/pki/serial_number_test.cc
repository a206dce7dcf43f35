#include "pki/serial_number.h"

#include <gtest/gtest.h>

namespace shomei::pki {
namespace {

TEST(SerialNumber, PrintsWithoutLeadingZeroByteAndEncodesWithTheSignByte) {
  const auto serial = *SerialNumber::parse_hex("00f00d");
  EXPECT_EQ(serial.hex(), "F00D");
  EXPECT_EQ(to_hex(serial.encode()), "020300f00d");
}

TEST(SerialNumber, IsPositiveAndAtMostTwentyBytes) {
  EXPECT_FALSE(SerialNumber::parse_hex("00"));
  EXPECT_FALSE(SerialNumber::parse_hex(""));
  EXPECT_FALSE(SerialNumber::parse_hex("0x01"));
  EXPECT_TRUE(SerialNumber::of_magnitude(Bytes(20, 0x7F)));
  EXPECT_FALSE(SerialNumber::of_magnitude(Bytes(20, 0x80))) << "its encoding would have 21 bytes";
}

}  // namespace
}  // namespace shomei::pki
