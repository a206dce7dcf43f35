// Files of a card that lies: every parser answers with a value or an error, whatever it is given.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "card/contents/application_info.h"
#include "card/contents/attributes.h"
#include "card/contents/card_face.h"
#include "card/contents/card_keys.h"
#include "card/contents/common_record.h"
#include "card/contents/integrity_record.h"
#include "card/contents/test_person.h"
#include "card/contents/tlv.h"

namespace shomei::card::contents {
namespace {

// How many of the parsers take the bytes.
int accepted(ByteView bytes) {
  int count = 0;
  const auto ask = [&](const auto& result) { count += result.has_value(); };
  ask(parse_number(bytes));
  ask(parse_attributes(bytes));
  ask(attributes_digest_input(bytes));
  ask(parse_integrity_record(bytes));
  ask(parse_cv_certificate(bytes));
  ask(parse_input_info(bytes));
  ask(parse_face_info(bytes));
  ask(parse_session_key(bytes));
  ask(parse_signed_key(bytes));
  ask(parse_age_record(bytes));
  ask(parse_card_face(bytes));
  ask(parse_number_image(bytes));
  ask(parse_common_record(bytes));
  return count;
}

TEST(HostileContents, AnyBytesAreAnsweredWithAnError) {
  EXPECT_TRUE(rc::check([](const Bytes& bytes) { RC_ASSERT(accepted(bytes) == 0); }));
  for (const char* hex : {"", "ff", "ff10", "ff1080", "ff1084ffffffff", "ff10ff", "ff1f80", "ff100c", "7f21",
                          "7f2100", "5f4e00", "df8121", "0180", "a100", "a10290009100"})
    EXPECT_EQ(accepted(from_hex(hex).value()), 0) << hex;
}

TEST(HostileContents, AFileThatIsCutIsRefusedAtEveryCut) {
  for (const auto& one : test_files()) {
    if (equal(one.application, kIssuerDomain)) continue;  // digits that are no object
    const ByteView whole(one.content);
    ASSERT_GE(accepted(whole), 1) << one.file;
    const std::size_t filler = one.content.size() == kNumberFileBytes ? 2 : 0;
    const std::size_t step = whole.size() > 2000 ? 37 : 1;
    for (std::size_t cut = 0; cut < whole.size() - filler; cut += step)
      EXPECT_EQ(accepted(whole.first(cut)), 0) << one.file << " cut at " << cut;
  }
}

TEST(HostileContents, ABentByteNeverCrashesAndABentLengthIsRefused) {
  for (const auto& one : test_files())
    for (std::size_t at = 0; at < std::min<std::size_t>(one.content.size(), 400); ++at)
      for (const std::uint8_t change : Bytes{0x01, 0x80, 0xFF}) {
        Bytes bent = one.content;
        bent[at] = static_cast<std::uint8_t>(bent[at] ^ change);
        accepted(bent);
      }
  Bytes longer = encode_attributes({"A", "B", "19800217", Sex::male});
  longer[14] = 0x7F;               // the name's length
  EXPECT_EQ(accepted(longer), 1);  // the digest's input alone
}

TEST(HostileContents, WhatATagMustNotDo) {
  const auto twice = encode_object(
      0xFF20, concatenate({encode_object(0xDF22, view("A")), encode_object(0xDF22, view("B"))}));
  EXPECT_FALSE(Fields::parse(twice, 0xFF20));
  Bytes many;
  for (std::size_t i = 0; i <= kObjectsMax; ++i)
    append(many, encode_object(static_cast<Tag>(0xDF20 + i), {}));
  EXPECT_FALSE(parse_objects(many));
  EXPECT_FALSE(take_object(from_hex("df8121").value()));  // three bytes of tag
  EXPECT_FALSE(take_object(from_hex("df2180").value()));  // indefinite
  EXPECT_FALSE(take_object(from_hex("df218400000001aa").value()));
  EXPECT_EQ(take_object(from_hex("df21820001aa").value()).value().value.size(), 1U);  // BER: any form
  const auto after = concatenate({encode_object(0xFF20, {}), Bytes{0xFF, 0x00, 0x01}});
  EXPECT_FALSE(parse_file(after, 0xFF20));
}

TEST(HostileContents, TextsThatAreNoTextAreRefused) {
  const auto with = [](std::string name, std::string born) {
    return parse_attributes(encode_attributes({std::move(name), "B", std::move(born), Sex::male}));
  };
  EXPECT_TRUE(with("A", "19800217"));
  EXPECT_FALSE(with("\xC0\x80", "19800217"));
  EXPECT_FALSE(with(std::string(401, 'a'), "19800217"));
  EXPECT_FALSE(with("A", "1980-217"));
  EXPECT_FALSE(with("A", "1980021"));
  EXPECT_FALSE(parse_attributes(encode_attributes({"A", "B", "19800217", static_cast<Sex>('7')})));
}

// Of 0 characters, if only those bytes are counted that begin one.
TEST(HostileContents, APersonWhoseTextsAreNoTextIsRefused) {
  const auto refused = [](std::string Person::*member, std::string value) -> std::string {
    auto person = test_person();
    person.*member = std::move(value);
    const auto files = personal_files(person, test_images(), test_card_keys(), test_issuer());
    if (files) return "";
    EXPECT_EQ(files.error().code, "card_person_form");
    return std::string(files.error().parameter("member"));
  };
  EXPECT_EQ(refused(&Person::address, std::string(70'000, '\x80')), "address");
  EXPECT_EQ(refused(&Person::address, "\xED\xA0\x80"), "address");  // half of a surrogate pair
  EXPECT_EQ(refused(&Person::name, std::string(300, '\xBF')), "name");
  EXPECT_EQ(refused(&Person::name, "A\xC0\x80"), "name");
  EXPECT_EQ(refused(&Person::address, std::string(201, 'a')), "address");
  EXPECT_EQ(refused(&Person::address, std::string(200, 'a')), "");
}

}  // namespace
}  // namespace shomei::card::contents
