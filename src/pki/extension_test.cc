#include "pki/extension.h"

#include <gtest/gtest.h>

#include "pki/personal_attributes.h"

namespace shomei::pki {
namespace {

std::string hex(const Extension& e) {
  return to_hex_upper(encode_extension(e));
}

// The invariable extensions as they stand in real certificates: jpki-facts 2.2, "copy-ready".
TEST(JpkiExtension, KeyUsageOfTheAuthenticationCertificate) {
  EXPECT_EQ(hex(key_usage({KeyUsage::digital_signature})), "300E0603551D0F0101FF040403020780");
}

TEST(JpkiExtension, KeyUsageOfTheSignatureCertificateAndOfAnAuthority) {
  EXPECT_EQ(to_hex(key_usage({KeyUsage::digital_signature, KeyUsage::non_repudiation}).value), "030206c0");
  EXPECT_EQ(to_hex(key_usage({KeyUsage::key_cert_sign, KeyUsage::crl_sign}).value), "03020106");
}

TEST(JpkiExtension, ExtendedKeyUsage) {
  EXPECT_EQ(hex(extended_key_usage(client_auth_purpose())), "30130603551D25040C300A06082B06010505070302");
}

TEST(JpkiExtension, Policies) {
  EXPECT_EQ(hex(certificate_policy(der::Oid("1.2.392.200149.8.5.1.3.30"), "http://www.jpki.go.jp/cps.html")),
            "30490603551D200101FF043F303D303B060B2A83088C9B55080501031E302C302A06082B06010505070201161E"
            "687474703A2F2F7777772E6A706B692E676F2E6A702F6370732E68746D6C");
}

TEST(JpkiExtension, OcspAccess) {
  EXPECT_EQ(hex(ocsp_access("http://ocspauthnorm.jpki.go.jp")),
            "303A06082B06010505070101042E302C302A06082B06010505073001861E"
            "687474703A2F2F6F637370617574686E6F726D2E6A706B692E676F2E6A70");
}

// The synthetic example of jpki-facts 2.4, made independently of this code.
TEST(JpkiAttributes, TheSixOtherNamesOfTheSyntheticExample) {
  const auto names = *personal_other_names(
      {"見本　太郎", "東京都見本市中央１丁目２番３号", GenderDigit::male, *parse_date("1990-01-02")}, U'●');
  EXPECT_EQ(to_hex_upper(subject_alt_other_names(names).value),
            "3081C6"
            "A01F060A2A83088C9B5508050501A0110C0FE8A68BE69CACE38080E5A4AAE9838E"
            "A019060A2A83088C9B5508050504A00B0C09343139393030313032"
            "A011060A2A83088C9B5508050503A0030C0131"
            "A03D060A2A83088C9B5508050505A02F0C2DE69DB1E4BAACE983BDE8A68BE69CACE5B882E4B8ADE5A4AEEFBC91E4B881"
            "E79BAEEFBC92E795AAEFBC93E58FB7"
            "A015060A2A83088C9B5508050502A0070C053030303030"
            "A01F060A2A83088C9B5508050506A0110C0F303030303030303030303030303030");
}

TEST(JpkiAttributes, CharactersOutsideJisAreSubstitutedAndFlagged) {
  const auto names = *personal_other_names(
      {"髙橋　𠮷郎", "葛\U000E0100飾区１", GenderDigit::female, *parse_date("2011-12-01")}, U'●');
  EXPECT_EQ(personal_attribute(names, 1), "●橋　●郎");
  EXPECT_EQ(personal_attribute(names, 2), "10010");
  EXPECT_EQ(personal_attribute(names, 5), "●飾区１")
      << "a variation sequence is one character, and JIS has no variants";
  EXPECT_EQ(personal_attribute(names, 6), "1000");
}

TEST(JpkiAttributes, TheSupplementaryKanjiOfJisX0212Stay) {
  EXPECT_TRUE(in_jis(U'丂'));
  EXPECT_TRUE(in_jis(U'－'));
  EXPECT_FALSE(in_jis(U'髙'));
  EXPECT_FALSE(in_jis(U'\n'));
}

TEST(JpkiAttributes, AddressesAreWrittenInFullWidth) {
  EXPECT_EQ(to_full_width("東京都稲城市東長沼2111-1 稲城"), "東京都稲城市東長沼２１１１－１　稲城");
}

TEST(JpkiAttributes, ErasChangeOnTheirFirstDay) {
  const std::pair<const char*, const char*> days[] = {
      {"2019-05-01", "520190501"}, {"2019-04-30", "420190430"}, {"1989-01-08", "419890108"},
      {"1989-01-07", "319890107"}, {"1926-12-25", "319261225"}, {"1926-12-24", "219261224"},
      {"1912-07-30", "219120730"}, {"1912-07-29", "119120729"}, {"1868-10-22", "018681022"}};
  for (const auto& [day, coded] : days) EXPECT_EQ(encode_birth_date(*parse_date(day)), coded);
}

TEST(JpkiAttributes, AnAddressOfMoreThan200CharactersIsRefused) {
  std::string address;
  for (int i = 0; i < 201; ++i) address += "丁";
  EXPECT_EQ(personal_other_names({"見本", address, GenderDigit::male, *parse_date("1990-01-02")}, U'●')
                .error()
                .code,
            "attribute_too_long");
}

TEST(JpkiAttributes, OtherNamesAreReadAgainAndUnknownOnesAreKept) {
  const std::vector<OtherName> names{{der::Oid("1.2.392.200149.8.5.5.1"), "見本"},
                                     {der::Oid("1.2.392.200149.8.5.5.7"), "ミホン"}};
  const auto again = *parse_other_names(subject_alt_other_names(names).value);
  ASSERT_EQ(again.size(), 2U);
  EXPECT_EQ(again[1].value, "ミホン");
}

}  // namespace
}  // namespace shomei::pki
