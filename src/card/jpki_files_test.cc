#include "card/jpki_files.h"

#include <gtest/gtest.h>

#include <set>

#include "card/pin_form.h"

namespace shomei::card {
namespace {

TEST(JpkiFiles, AreTenAndFoundByBothIdentifiers) {
  EXPECT_EQ(jpki_files().size(), 10U);
  std::set<int> short_ids;
  for (const auto& file : jpki_files()) {
    EXPECT_EQ(find_file(file.id), &file);
    EXPECT_EQ(find_short_file(file.id & 0x1F), &file);
    EXPECT_TRUE(short_ids.insert(file.id & 0x1F).second);
  }
  EXPECT_EQ(find_file(0x0011), nullptr);
  EXPECT_EQ(find_file(0x0101), nullptr);
  EXPECT_EQ(find_short_file(0), nullptr);
}

TEST(JpkiFiles, OnlyTheSignatureCertificateNeedsAPin) {
  for (const auto& file : jpki_files())
    EXPECT_EQ(file.reading == Reading::needs_pin, file.id == file_id::kSignatureCertificate) << file.id;
}

TEST(JpkiFiles, ReferencesAreThoseThatRealClientsSend) {
  EXPECT_EQ(short_reference(pin_file(Kind::user_authentication)), 0x98);
  EXPECT_EQ(short_reference(pin_file(Kind::signature)), 0x9B);
  EXPECT_EQ(short_reference(key_file(Kind::user_authentication)), 0x97);
  EXPECT_EQ(short_reference(key_file(Kind::signature)), 0x9A);
}

TEST(PinForm, IsFourDigitsOrSixToSixteenCapitals) {
  constexpr auto kAuth = Kind::user_authentication;
  EXPECT_TRUE(is_pin_form(kAuth, "0000"));
  for (const char* wrong : {"", "123", "12345", "12a4", "ABCD", "１２"})
    EXPECT_FALSE(is_pin_form(kAuth, wrong)) << wrong;
  constexpr auto kSign = Kind::signature;
  for (const char* right : {"ABC123", "ABCDEF", "123456", "0123456789ABCDEF"})
    EXPECT_TRUE(is_pin_form(kSign, right));
  for (const char* wrong : {"", "ABC12", "abc123", "ABC12 ", "0123456789ABCDEFG", "ABC-123"})
    EXPECT_FALSE(is_pin_form(kSign, wrong)) << wrong;
}

}  // namespace
}  // namespace shomei::card
