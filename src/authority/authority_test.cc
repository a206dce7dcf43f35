#include <gtest/gtest.h>

#include "authority/ceremony.h"
#include "authority/prepare.h"
#include "authority/serial.h"
#include "crypto/private_key.h"

namespace shomei::authority {
namespace {

using pki::CertificateKind;
namespace id = pki::extension_id;

Date day(std::string_view text) {
  return *parse_date(text);
}

const Municipality kInagi{"13225", "Tokyo-to", "Inagi-shi"};

// An authority of each kind that came into being on 2026-11-22, 09:00 JST.
struct Country {
  Profile profile;
  std::unique_ptr<crypto::Signer> signer;
  std::optional<Authority> authority;
  crypto::PrivateKey subject_key = crypto::PrivateKey::generate(crypto::KeyType::rsa_2048);

  explicit Country(CertificateKind kind) {
    profile.user_authentication.ocsp_url = "http://127.0.0.1:8440/ocsp";
    signer = crypto::software_signer(crypto::PrivateKey::generate(profile.authority_key));
    const auto certificate = *make_authority_certificate(profile, kind, *pki::SerialNumber::parse_hex("01"),
                                                         *signer, *parse_instant("2026-11-22T00:00:00Z"));
    authority = *Authority::open({std::string(pki::name(kind)) + "-1", kind, 1,
                                  serial_space_of(certificate.tbs.subject), certificate.der},
                                 *signer);
  }

  rules::Facts facts() const {
    rules::Facts facts;
    facts.born = day("1990-01-02");
    facts.status = rules::ResidenceStatus::japanese;
    facts.proofs.add(rules::Proof::document_a);
    facts.card_valid_until = day("2036-01-02");
    facts.authority_valid_until = authority->last_whole_day();
    return facts;
  }
  rules::Decision decide(rules::Facts of, std::string_view at = "2026-11-22T01:02:03Z") const {
    of.at = *parse_instant(at);
    return rules::decide(rules::current_rule_set(),
                         {rules::Verb::issue, kind_of(authority->kind()), std::nullopt}, of,
                         jst_date(*of.at));
  }
  Result<LintedCertificate> prepare_for(const rules::Decision& decision) const {
    const Subject subject{{"見本　太郎", "東京都稲城市東長沼2111", pki::GenderDigit::male, day("1990-01-02")},
                          kInagi,
                          "997794E9AGCIEG13225003A"};
    return prepare(*authority, profile, decision, subject, subject_key.public_key(),
                   *pki::SerialNumber::parse_hex("0102030405060708"));
  }
};

TEST(AuthorityCertificate, HasTheShapeOfJpkiFacts21) {
  const Country country(CertificateKind::signature);
  const auto& tbs = country.authority->certificate().tbs;
  EXPECT_EQ(tbs.subject.text(),
            "C=JP, O=SHOMEI-DEMO, OU=JPKI for digital signature, OU=Japan Agency for Local Authority "
            "Information Systems");
  EXPECT_EQ(tbs.subject, tbs.issuer);
  EXPECT_EQ(format_utc(tbs.not_after), "2036-11-21T14:59:59Z");
  const std::vector<der::Oid> order{id::key_usage(), id::subject_alt_name(), id::basic_constraints(),
                                    id::crl_distribution_points(), id::subject_key_identifier()};
  ASSERT_EQ(tbs.extensions.size(), order.size());
  for (std::size_t i = 0; i < order.size(); ++i) EXPECT_EQ(tbs.extensions[i].id, order[i]);
  EXPECT_TRUE(tbs.extensions[0].critical && tbs.extensions[2].critical);
  EXPECT_FALSE(tbs.extensions[1].critical || tbs.extensions[3].critical || tbs.extensions[4].critical);
  EXPECT_EQ(country.authority->last_whole_day(), day("2036-11-21"));
}

TEST(Prepare, TheSignatureCertificateNamesThePlaceAndCarriesTheAttributes) {
  const Country country(CertificateKind::signature);
  const auto linted = *country.prepare_for(country.decide(country.facts()));
  EXPECT_EQ(linted.tbs().subject.text(), "C=JP, L=Tokyo-to, L=Inagi-shi, CN=997794E9AGCIEG13225003A");
  EXPECT_EQ(format_utc(linted.tbs().not_before), "2026-11-22T01:02:03Z");
  EXPECT_EQ(format_utc(linted.tbs().not_after), "2031-01-02T14:59:59Z");
  const auto names = *pki::parse_other_names(linted.tbs().find(id::subject_alt_name())->value);
  EXPECT_EQ(pki::personal_attribute(names, 1), "見本　太郎");
  EXPECT_EQ(pki::personal_attribute(names, 5), "東京都稲城市東長沼２１１１");
}

TEST(Prepare, TheAuthenticationCertificateCarriesNothingOfThePerson_Seed) {
  const Country country(CertificateKind::user_authentication);
  const auto linted = *country.prepare_for(country.decide(country.facts()));
  EXPECT_EQ(linted.tbs().subject.text(), "C=JP, CN=997794E9AGCIEG13225003A");
  EXPECT_EQ(linted.tbs().find(id::subject_alt_name()), nullptr);
  const std::string bytes = to_text(linted.tbs_der());
  for (std::string_view part : {"太郎", "東長沼", "1990"})
    EXPECT_EQ(bytes.find(part), std::string::npos) << part;
}

TEST(Prepare, NothingIsMadeFromARefusalOrFromAGrantOfTheOtherKind) {
  const Country country(CertificateKind::signature);
  auto facts = country.facts();
  facts.adult_ward = true;
  EXPECT_EQ(country.prepare_for(country.decide(facts)).error().code, "certificate_not_granted");
  const Country other(CertificateKind::user_authentication);
  EXPECT_EQ(country.prepare_for(other.decide(other.facts())).error().code, "certificate_not_granted");
}

TEST(Lint, AKeyOfAnotherTypeIsNotSigned) {
  Country country(CertificateKind::signature);
  country.subject_key = crypto::PrivateKey::generate(crypto::KeyType::ec_p256);
  const auto refused = country.prepare_for(country.decide(country.facts())).error();
  EXPECT_EQ(refused.code, "lint_failed");
  EXPECT_EQ(refused.rule, "jpki-facts 2.2");
  EXPECT_EQ(refused.parameter("lint"), "key_type");
  EXPECT_EQ(refused.parameter("what"), "the key is of the profile's type");
  EXPECT_EQ(refused.parameter("what_ja"), "鍵がプロファイルの種類である");
}

TEST(Lint, ACertificateBeforeItsAuthorityIsNotSigned) {
  Country country(CertificateKind::signature);
  const auto refused = country.prepare_for(country.decide(country.facts(), "2026-11-21T23:59:59Z")).error();
  EXPECT_EQ(refused.parameter("lint"), "validity_within_authority");
}

TEST(Lint, AllThatIsWrongIsSaid) {
  Country country(CertificateKind::signature);
  country.subject_key = crypto::PrivateKey::generate(crypto::KeyType::ec_p256);
  country.profile.cps_uri = std::string(9000, 'x');
  const auto refused = country.prepare_for(country.decide(country.facts())).error();
  EXPECT_EQ(refused.parameter("lints"), "size,key_type");
  EXPECT_EQ(refused.rule, "docs/formats/card-issuer.md");
}

TEST(Lint, WhatIsKnownOfOtherKeysCounts) {
  const Country country(CertificateKind::signature);
  const std::vector generations{country.subject_key.public_key()};
  const Subject subject{{"見本　太郎", "東京都", pki::GenderDigit::male, day("1990-01-02")},
                        kInagi,
                        random_common_name(kInagi)};
  const auto prepared = [&](const KnownKeys& known) {
    return prepare(*country.authority, country.profile, country.decide(country.facts()), subject,
                   country.subject_key.public_key(), random_serial(), known);
  };
  EXPECT_TRUE(prepared({}));
  EXPECT_EQ(prepared({.authorities = generations}).error().parameter("lints"), "key_not_authoritys");
}

TEST(Ceremony, TheResponderMayAnswerButNotIssue) {
  const Country country(CertificateKind::signature);
  const auto key = crypto::PrivateKey::generate(crypto::KeyType::rsa_2048);
  const auto certificate = *appoint_responder(*country.authority, key.public_key(),
                                              *parse_instant("2026-11-22T00:00:00Z"), std::chrono::days{90});
  EXPECT_TRUE(pki::verify_signature(certificate, country.signer->public_key()));
  EXPECT_NE(certificate.tbs.find(id::ocsp_no_check()), nullptr);
  EXPECT_EQ(certificate.tbs.find(id::basic_constraints()), nullptr);
  EXPECT_EQ(to_hex(certificate.tbs.find(id::key_usage())->value), "03020780");
}

TEST(Ceremony, WhoHasEndedAppointsNobody) {
  const Country country(CertificateKind::signature);
  const auto key = crypto::PrivateKey::generate(crypto::KeyType::ec_p256);
  const Instant end = country.authority->certificate().tbs.not_after;
  const auto appoint = [&](Instant now) {
    return appoint_responder(*country.authority, key.public_key(), now, std::chrono::days{7});
  };
  EXPECT_EQ(appoint(end - std::chrono::seconds{1})->tbs.not_after, end);
  for (const auto now : {end, end + std::chrono::seconds{1}, end + std::chrono::days{400}}) {
    const auto refused = appoint(now);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "authority_ended");
    EXPECT_EQ(refused.error().parameter("ended"), "2036-11-21T23:59:59+09:00");
  }
}

TEST(Profile, CommonNamesMeanNothingButThePlace) {
  const auto a = random_common_name(kInagi);
  EXPECT_EQ(a.size(), 23U);
  EXPECT_EQ(a.substr(14), "13225003A");
  EXPECT_NE(a, random_common_name(kInagi));
}

TEST(Serial, HasMoreThan32Bits) {
  for (int i = 0; i < 100; ++i) EXPECT_GT(random_serial().magnitude().size(), 4U);
}

TEST(Serial, OneAfterTheOtherHasFourBytesAndEnds) {
  const Country country(CertificateKind::signature);
  EXPECT_EQ(sequential_serial(1, *country.authority)->hex(), "01000000");
  EXPECT_EQ(sequential_serial(256, *country.authority)->hex(), "010000FF");
  EXPECT_EQ(sequential_serial(0xFF000000, *country.authority)->hex(), "FFFFFFFF");
  const auto none = sequential_serial(0xFF000001, *country.authority);
  EXPECT_EQ(none.error().code, "serials_used_up");
  EXPECT_EQ(none.error().parameter("authority"), "signature-1");
}

}  // namespace
}  // namespace shomei::authority
