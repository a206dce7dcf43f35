#include "der/writer.h"

#include <gtest/gtest.h>

#include "der/reader.h"

namespace shomei::der {
namespace {

TEST(DerWriter, IntegersHaveTheirShortestForm) {  // X.690 8.3.2
  EXPECT_EQ(to_hex(integer(0)), "020100");
  EXPECT_EQ(to_hex(integer(127)), "02017f");
  EXPECT_EQ(to_hex(integer(128)), "02020080");
  EXPECT_EQ(to_hex(integer(-128)), "020180");
  EXPECT_EQ(to_hex(integer(-129)), "0202ff7f");
  EXPECT_EQ(to_hex(integer_of_magnitude(Bytes{0, 0, 0x80})), "02020080");
  EXPECT_EQ(to_hex(integer_of_magnitude(Bytes{})), "020100");
}

TEST(DerWriter, LengthsHaveTheirShortestForm) {  // X.690 10.1
  EXPECT_EQ(to_hex(octet_string(Bytes(0x7F))).substr(0, 4), "047f");
  EXPECT_EQ(to_hex(octet_string(Bytes(0x80))).substr(0, 6), "048180");
  EXPECT_EQ(to_hex(octet_string(Bytes(0x100))).substr(0, 8), "04820100");
  EXPECT_EQ(to_hex(octet_string(Bytes(0x10000))).substr(0, 10), "0483010000");
}

TEST(DerWriter, NamedBitsOfTheKeyUsagesOfJpki) {  // jpki-facts 2.1, 2.2, 2.3
  EXPECT_EQ(to_hex(named_bits({0})), "03020780");
  EXPECT_EQ(to_hex(named_bits({0, 1})), "030206c0");
  EXPECT_EQ(to_hex(named_bits({5, 6})), "03020106");
  EXPECT_EQ(to_hex(named_bits({})), "030100");
}

TEST(DerWriter, ObjectIdentifierOfTheAttributes) {  // jpki-facts 2.4
  EXPECT_EQ(to_hex(oid(Oid("1.2.392.200149.8.5.5.1"))), "060a2a83088c9b5508050501");
  EXPECT_EQ(Oid("1.2.392.200149.8.5.1.3.30").dotted(), "1.2.392.200149.8.5.1.3.30");
}

TEST(DerWriter, SetsAreSorted) {
  EXPECT_EQ(to_hex(set_of({integer(2), integer(1)})), "3106020101020102");
}

}  // namespace
}  // namespace shomei::der
