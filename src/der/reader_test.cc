#include "der/reader.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "der/writer.h"

namespace shomei::der {
namespace {

TEST(DerReader, RefusesWhatIsBerButNotDer) {
  const std::pair<const char*, const char*> cases[] = {{"3080", "indefinite length"},
                                                       {"048101ff", "length not shortest"},
                                                       {"04820001ff", "length with a leading zero"},
                                                       {"0402ff", "cut off"},
                                                       {"04", "no length"},
                                                       {"1f0100", "tag number over 30"},
                                                       {"0485000000000100", "length of five bytes"}};
  for (const auto& [hex, why] : cases)
    EXPECT_EQ(parse_single(*from_hex(hex)).error().code, "der_form") << why;
}

TEST(DerReader, RefusesIntegersThatAreNotShortest) {
  for (auto hex : {"02020001", "0202ff80", "0200"}) {
    const Bytes bytes = *from_hex(hex);
    Reader reader(bytes);
    EXPECT_FALSE(reader.take_integer()) << hex;
    EXPECT_EQ(reader.rest().size(), bytes.size()) << "a failed take moves nothing";
  }
}

TEST(DerReader, RefusesNegativeMagnitudesBooleansAndBitsThatAreNotCanonical) {
  EXPECT_FALSE(Reader(*from_hex("020180")).take_magnitude());
  EXPECT_FALSE(Reader(*from_hex("010101")).take_boolean());
  EXPECT_FALSE(Reader(*from_hex("03020700")).take_named_bits()) << "trailing zero bit";
  EXPECT_FALSE(Reader(*from_hex("030206c1")).take_named_bits()) << "unused bit set";
  EXPECT_FALSE(Reader(*from_hex("050100")).take_null());
  EXPECT_FALSE(Reader(*from_hex("06028001")).take_oid());
  EXPECT_FALSE(Reader(*from_hex("060181")).take_oid());
}

TEST(DerReader, RefusesTextOutsideItsAlphabet) {
  EXPECT_FALSE(Reader(*from_hex("130140")).take_string()) << "@ in a PrintableString";
  for (auto utf8 : {"c080", "eda080", "f4908080", "ff", "e28c", "80"}) {
    const Bytes content = *from_hex(utf8);
    EXPECT_FALSE(is_utf8(content)) << utf8;
  }
  EXPECT_TRUE(is_utf8(view("見本　太郎 𠮷")));
}

TEST(DerReader, NothingMayFollow) {
  EXPECT_FALSE(parse_single(*from_hex("050000")));
  EXPECT_TRUE(parse_single(*from_hex("0500")));
}

TEST(DerProperty, WhatIsWrittenIsReadAgain) {
  EXPECT_TRUE(rc::check([](std::int64_t number, const std::vector<std::uint8_t>& bytes, bool flag) {
    const Bytes written =
        sequence({integer(number), octet_string(bytes), boolean(flag), integer_of_magnitude(bytes)});
    auto reader = enter_single(written);
    RC_ASSERT(reader.has_value());
    RC_ASSERT(*reader->take_integer() == number);
    RC_ASSERT(equal(*reader->take_octet_string(), bytes));
    RC_ASSERT(*reader->take_boolean() == flag);
    RC_ASSERT(equal(integer_of_magnitude(*reader->take_magnitude()), integer_of_magnitude(bytes)));
    RC_ASSERT(reader->done());
  }));
}

TEST(DerProperty, EveryCutOfAValueIsRefused) {
  EXPECT_TRUE(rc::check([](const std::vector<std::uint8_t>& bytes) {
    const Bytes written = sequence({octet_string(bytes), null()});
    for (std::size_t cut = 0; cut < written.size(); ++cut)
      RC_ASSERT(!parse_single(ByteView(written).first(cut)));
  }));
}

TEST(DerProperty, AnythingReadIsTheOnlyWayToWriteIt) {
  EXPECT_TRUE(rc::check([](const std::vector<std::uint8_t>& bytes) {
    Reader reader(bytes);
    const auto value = reader.take();
    if (value) RC_ASSERT(equal(encode(value->tag, value->content), value->whole));
  }));
}

}  // namespace
}  // namespace shomei::der
