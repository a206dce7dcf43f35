#include "card/application.h"

#include <gtest/gtest.h>

#include <set>

#include "card/pin_form.h"

namespace shomei::card {
namespace {

TEST(Applications, AreFoundByTheirNamesOrTheBeginningOfThem) {
  for (const auto& entry : applications()) {
    EXPECT_EQ(&application(entry.id), &entry);
    EXPECT_EQ(find_application(entry.name), &entry);
    Bytes longer = to_bytes(entry.name);
    longer.push_back(0);
    EXPECT_EQ(find_application(longer), nullptr);
    EXPECT_EQ(find_application(entry.name.first(4)), nullptr);
  }
  EXPECT_EQ(find_application(ByteView(kJpkiApplication).first(5))->id, ApplicationId::jpki);
  // Three begin alike: the first of the table.
  EXPECT_EQ(find_application(ByteView(kInputHelperApplication).first(5))->id, ApplicationId::face);
}

TEST(Files, AreFoundByBothIdentifiers) {
  for (const auto& entry : applications()) {
    if (entry.id == ApplicationId::issuer_domain) continue;  // tags, not files
    std::set<int> short_ids;
    for (const auto& file : entry.files) {
      EXPECT_EQ(find_file(entry.id, file.id), &file);
      EXPECT_EQ(find_short_file(entry.id, file.id & 0x1F), &file);
      EXPECT_TRUE(short_ids.insert(file.id & 0x1F).second);
      if (file.pin) EXPECT_EQ(file.content, Content::pin);
      EXPECT_EQ(file.reading == Reading::needs_pin, file.readers != 0);
    }
  }
  EXPECT_EQ(find_file(ApplicationId::jpki, 0x0011), nullptr);
  EXPECT_EQ(find_file(ApplicationId::jpki, 0x0101), nullptr);
  EXPECT_EQ(find_short_file(ApplicationId::jpki, 0), nullptr);
}

TEST(Files, OfEveryPinThereIsOne) {
  for (const auto& pin : kPins) {
    int files = 0;
    for (const auto& entry : applications())
      for (const auto& file : entry.files) files += file.pin == pin.id ? 1 : 0;
    EXPECT_EQ(files, 1) << pin.name;
  }
}

TEST(JpkiFiles, OnlyTheSignatureCertificateNeedsAPin) {
  for (const auto& file : application(ApplicationId::jpki).files)
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
