// Golden certificates: tests/vectors/certificates/ holds what the program openssl made from a configuration
// that was written from the certificate profile; this code must make the same bytes from decisions of the
// rules. RSA's PKCS#1 v1.5 signatures are deterministic, so whole certificates are compared.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "authority/ceremony.h"
#include "authority/prepare.h"
#include "crypto/private_key.h"

namespace shomei::authority {
namespace {

using pki::CertificateKind;
using pki::NameAttribute;

const std::string kFolder = SHOMEI_VECTORS "/certificates/";

std::string read(const std::string& name) {
  std::ifstream file(kFolder + name, std::ios::binary);
  EXPECT_TRUE(file) << name;
  return {std::istreambuf_iterator<char>(file), {}};
}

Bytes golden(const std::string& name) {
  return to_bytes(read(name + ".der"));
}

crypto::PrivateKey key(const std::string& name) {
  const auto pkcs8 = *pki::from_pem("PRIVATE KEY", read("keys/" + name + ".pem"));
  return *crypto::PrivateKey::parse_pkcs8(SecretBytes(pkcs8));
}

// The first byte that differs, with both neighbourhoods.
testing::AssertionResult same(const Bytes& ours, const Bytes& theirs) {
  if (ours == theirs) return testing::AssertionSuccess();
  std::size_t at = 0;
  while (at < ours.size() && at < theirs.size() && ours[at] == theirs[at]) ++at;
  const auto around = [at](const Bytes& bytes) {
    const std::size_t from = std::min(bytes.size(), at < 24 ? 0 : at - 24);
    return to_hex(ByteView(bytes).subspan(from, std::min<std::size_t>(64, bytes.size() - from)));
  };
  return testing::AssertionFailure() << "byte " << at << " (shown from 24 bytes before it):\n  ours    "
                                     << around(ours) << "\n  openssl " << around(theirs);
}

struct Country {
  Profile profile;
  std::unique_ptr<crypto::Signer> signer;
  pki::Certificate certificate;
  std::optional<Authority> authority;

  Country(CertificateKind kind, const std::string& key_name, const char* serial, const char* since)
      : signer(crypto::software_signer(key(key_name))),
        certificate(*make_authority_certificate(profile, kind, *pki::SerialNumber::parse_hex(serial), *signer,
                                                *parse_instant(since))) {
    authority = *Authority::open({std::string(pki::name(kind)) + "-1", kind, 1,
                                  serial_space_of(certificate.tbs.subject), certificate.der},
                                 *signer);
  }

  rules::Facts born(const char* day) const {
    rules::Facts facts;
    facts.born = *parse_date(day);
    facts.status = rules::ResidenceStatus::japanese;
    facts.proofs.add(rules::Proof::document_a);
    facts.card_valid_until = *parse_date("2036-01-02");
    facts.authority_valid_until = authority->last_whole_day();
    return facts;
  }

  Result<pki::Certificate> issue(rules::Facts facts, const char* at, const Subject& subject,
                                 const char* serial, const crypto::PublicKey& of) const {
    facts.at = *parse_instant(at);
    const auto decision = rules::decide(rules::current_rule_set(),
                                        {rules::Verb::issue, kind_of(authority->kind()), std::nullopt}, facts,
                                        jst_date(*facts.at));
    SHOMEI_TRY(const auto linted,
               prepare(*authority, profile, decision, subject, of, *pki::SerialNumber::parse_hex(serial)));
    return sign_certificate(linted.tbs_der(), *signer);
  }
};

const Municipality kInagi{"13225", "Tokyo-to", "Inagi-shi"};
const Municipality kNakaWard{"14104", "Kanagawa-ken", "Yokohama-shi-Naka-ku"};

Country signature_country() {
  return {CertificateKind::signature, "signature-authority", "01", "2026-11-22T00:00:00Z"};
}
Country user_authentication_country() {
  return {CertificateKind::user_authentication, "user-authentication-authority", "0132C4AC",
          "2026-11-22T00:00:01Z"};
}

TEST(GoldenCertificates, TheSignatureAuthority) {
  EXPECT_TRUE(same(signature_country().certificate.der, golden("signature-authority")));
}

TEST(GoldenCertificates, TheUserAuthenticationAuthority) {
  EXPECT_TRUE(same(user_authentication_country().certificate.der, golden("user-authentication-authority")));
}

TEST(GoldenCertificates, ASignatureCertificateWithItsSixAttributesAndNoAddressOfOcsp) {
  const auto country = signature_country();
  const Subject taro{
      {"見本　太郎", "東京都見本市中央１丁目２番３号", pki::GenderDigit::male, *parse_date("1990-01-02")},
      kInagi,
      "997794E9AGCIEG13225003A"};
  const auto made = country.issue(country.born("1990-01-02"), "2026-11-22T01:02:03Z", taro,
                                  "9A3C5E7F10213243", key("signature").public_key());
  ASSERT_TRUE(made) << made.error().code;
  EXPECT_TRUE(same(made->der, golden("signature")));
}

// The card's end is nearer than the fifth birthday; the name and the address have characters outside JIS.
TEST(GoldenCertificates, ASignatureCertificateWithSubstitutedCharacters) {
  auto country = signature_country();
  country.profile.signature.ocsp_url = "http://ocsp.signature.example";
  country.profile.serial_form = SerialForm::sequential_32;
  auto facts = country.born("1988-12-31");
  facts.card_valid_until = *parse_date("2029-05-20");
  const Subject yoko{{"髙橋　葉子", "東京都稲城市葛\U000E0100が丘1-2-3 𠮷荘", pki::GenderDigit::female,
                      *parse_date("1988-12-31")},
                     kInagi,
                     "000001ZZZZZZZZ13225003A"};
  const auto made =
      country.issue(facts, "2026-11-22T05:06:07Z", yoko, "0A0B0C0D", key("signature").public_key());
  ASSERT_TRUE(made) << made.error().code;
  EXPECT_TRUE(same(made->der, golden("substituted")));
}

// Issued on the first second of a day in Japan, to a child of 14 in a ward of a designated city.
TEST(GoldenCertificates, AUserAuthenticationCertificate) {
  auto country = user_authentication_country();
  country.profile.user_authentication.ocsp_url = "http://ocsp.user-authentication.example";
  const Subject child{
      {"見本　次郎", "神奈川県横浜市中区１番地", pki::GenderDigit::male, *parse_date("2012-03-05")},
      kNakaWard,
      "123456A1B2C3D414104003A"};
  auto facts = country.born("2012-03-05");
  facts.applicant = rules::Applicant::legal_representative;
  facts.proofs.add(rules::Proof::document_a);  // the second: one for each of the two persons
  const auto made = country.issue(facts, "2026-11-22T15:00:00Z", child, "7FFFFFFFFFFFFFFF",
                                  key("user-authentication").public_key());
  ASSERT_TRUE(made) << made.error().code;
  EXPECT_TRUE(same(made->der, golden("user-authentication")));
}

TEST(GoldenCertificates, AResponderOfTheSignatureAuthority) {
  const auto country = signature_country();
  const auto made =
      make_responder_certificate(*country.authority, key("responder").public_key(),
                                 *pki::SerialNumber::parse_hex("5D0102030405060708090A0B0C0D0E0F"),
                                 *parse_instant("2026-11-23T00:00:00Z"), std::chrono::days{90});
  ASSERT_TRUE(made) << made.error().code;
  EXPECT_TRUE(same(made->der, golden("responder")));
}

// What openssl wrote is read back as what its configuration says.
TEST(GoldenCertificates, AreReadAsTheyWereMeant) {
  const auto signature = *pki::parse_certificate(golden("signature"));
  EXPECT_EQ(signature.tbs.subject.text(), "C=JP, L=Tokyo-to, L=Inagi-shi, CN=997794E9AGCIEG13225003A");
  EXPECT_EQ(signature.tbs.issuer.values(NameAttribute::organizational_unit),
            (std::vector<std::string>{"JPKI for digital signature",
                                      "Japan Agency for Local Authority Information Systems"}));
  EXPECT_EQ(signature.tbs.serial.hex(), "9A3C5E7F10213243");
  const auto* alternative = signature.tbs.find(pki::extension_id::subject_alt_name());
  ASSERT_NE(alternative, nullptr);
  const auto names = *pki::parse_other_names(alternative->value);
  std::string arcs;
  for (const auto& name : names) arcs += name.type.dotted().back();
  EXPECT_EQ(arcs, "143526");
  EXPECT_EQ(names.front().value, "見本　太郎");
  const auto authority = *pki::parse_certificate(golden("signature-authority"));
  EXPECT_TRUE(pki::verify_signature(signature, authority.tbs.key));
  const auto other = *pki::parse_certificate(golden("user-authentication-authority"));
  EXPECT_FALSE(pki::verify_signature(signature, other.tbs.key));
}

// Country is a PrintableString, every other attribute a UTF8String (jpki-facts 2.1), wherever a name stands:
// the string tags that follow the attribute types in the whole certificate are counted.
TEST(GoldenCertificates, NamesAreUtf8StringsButForTheCountry) {
  for (const char* name : {"signature-authority", "signature", "user-authentication", "responder"}) {
    const std::string der = to_text(golden(name));
    std::size_t attributes = 0;
    for (std::size_t at = der.find("\x06\x03\x55\x04"); at != std::string::npos;
         at = der.find("\x06\x03\x55\x04", at + 1)) {
      const char type = der[at + 4];
      EXPECT_EQ(der[at + 5], type == 6 ? 0x13 : 0x0C) << name << " at " << at;
      ++attributes;
    }
    EXPECT_GE(attributes, 12U) << name;
  }
}

}  // namespace
}  // namespace shomei::authority
