// Authorities taken in, and certificates judged by them. The real authorities' certificates are not here: a
// pinned fingerprint is tried with what is not theirs.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "card/trust/pinned_authorities.h"
#include "card/trust/standing.h"
#include "card/trust/trust_folder.h"
#include "crypto/private_key.h"
#include "der/writer.h"

namespace shomei::card::trust {
namespace {

namespace fs = std::filesystem;
using pki::KeyUsage;
using pki::NameAttribute;

const Instant kBegin = *parse_instant("2024-01-01T00:00:00Z");
const Instant kNow = *parse_instant("2026-11-22T00:00:00Z");
const Instant kEnd = *parse_instant("2034-01-01T00:00:00Z");

pki::Certificate sign(pki::TbsCertificate tbs, const crypto::PrivateKey& key) {
  tbs.algorithm = crypto::algorithm_of(key.type());
  const auto tbs_der = pki::encode_tbs(tbs);
  return pki::parse_certificate(der::sequence({tbs_der, crypto::encode_algorithm(tbs.algorithm),
                                               der::bit_string(key.sign(tbs_der).value())}))
      .value();
}

// Two generations of one name, and what they issue.
struct Country {
  crypto::PrivateKey first = crypto::PrivateKey::generate(crypto::KeyType::ec_p256);
  crypto::PrivateKey second = crypto::PrivateKey::generate(crypto::KeyType::ec_p256);
  pki::Name name = pki::Name().add(NameAttribute::organization, "SAMPLE");

  pki::Certificate authority(const crypto::PrivateKey& key, bool may_issue = true) const {
    pki::TbsCertificate tbs = of(key.public_key(), {KeyUsage::key_cert_sign, KeyUsage::crl_sign});
    if (may_issue) tbs.extensions.push_back(pki::basic_constraints_of_authority());
    return sign(std::move(tbs), key);
  }
  pki::TbsCertificate of(const crypto::PublicKey& key, std::initializer_list<KeyUsage> uses) const {
    return {.serial = pki::SerialNumber::parse_hex("0A01").value(),
            .issuer = name,
            .not_before = kBegin,
            .not_after = kEnd,
            .subject = name,
            .key = key,
            .extensions = {pki::key_usage(uses)}};
  }
  pki::Certificate citizen(const crypto::PrivateKey& issuer, const crypto::PrivateKey& named,
                           Instant until = kEnd) const {
    auto tbs = of(first.public_key(), {KeyUsage::digital_signature});
    tbs.not_after = until;
    tbs.extensions.push_back(
        pki::authority_key_identifier(named.public_key(), name, pki::SerialNumber::parse_hex("01").value()));
    return sign(std::move(tbs), issuer);
  }
  TrustedAuthority trusted(const crypto::PrivateKey& key) const {
    return {.name = "sample", .pinned = false, .kind = {}, .certificate = authority(key)};
  }
};

const Country& country() {
  static const Country kCountry;
  return kCountry;
}

std::string_view judged(const pki::Certificate& certificate, std::vector<TrustedAuthority> authorities,
                        Kind kind = Kind::user_authentication, Instant now = kNow) {
  return name(judge(certificate, kind, authorities, now).standing);
}

TEST(TrustStanding, IsOfTheGenerationThatTheKeyNames) {
  const auto& c = country();
  const auto certificate = c.citizen(c.second, c.second);
  EXPECT_EQ(judged(certificate, {c.trusted(c.first), c.trusted(c.second)}), "good");
  EXPECT_EQ(judged(certificate, {c.trusted(c.first)}), "authority_unknown");
  EXPECT_EQ(judged(certificate, {}), "authority_unknown");
}

TEST(TrustStanding, AForgeryIsSeen) {
  const auto& c = country();
  EXPECT_EQ(judged(c.citizen(c.first, c.second), {c.trusted(c.second)}), "signature_wrong");
}

TEST(TrustStanding, EndsWithTheLastSecond) {
  const auto& c = country();
  const auto certificate = c.citizen(c.second, c.second, kNow);
  const std::vector authorities{c.trusted(c.second)};
  EXPECT_EQ(judged(certificate, authorities), "good");
  EXPECT_EQ(judged(certificate, authorities, Kind::user_authentication, kNow + std::chrono::seconds(1)),
            "expired");
  EXPECT_EQ(judged(certificate, authorities, Kind::user_authentication, kBegin), "good");
  EXPECT_EQ(judged(certificate, authorities, Kind::user_authentication, kBegin - std::chrono::seconds(1)),
            "not_yet_valid");
}

TEST(TrustStanding, OutlivesNoAuthority) {
  const auto& c = country();
  const auto certificate = c.citizen(c.second, c.second, kEnd + std::chrono::hours(24));
  EXPECT_EQ(
      judged(certificate, {c.trusted(c.second)}, Kind::user_authentication, kEnd + std::chrono::hours(1)),
      "authority_not_valid");
}

TEST(TrustStanding, IsForOneUse) {
  const auto& c = country();
  const auto certificate = c.citizen(c.second, c.second);
  EXPECT_EQ(judged(certificate, {c.trusted(c.second)}, Kind::signature), "use_wrong");
  auto of_signatures = c.trusted(c.second);
  of_signatures.kind = Kind::signature;
  EXPECT_EQ(judged(certificate, {of_signatures}), "use_wrong");
}

class Trust : public ::testing::Test {
 protected:
  Trust() {
    std::string name = (fs::temp_directory_path() / "shomei-trust.XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~Trust() override { fs::remove_all(folder_); }
  TrustFolder open() const { return TrustFolder::open(folder_ / "authorities").value(); }
  fs::path folder_;
};

TEST_F(Trust, TakesInAnAuthorityByTheFingerprintThatThePersonWasTold) {
  const auto authority = country().authority(country().second);
  const auto fingerprint = crypto::sha256(authority.der);
  EXPECT_TRUE(open().authorities().empty()) << "a folder that is not there is empty";
  ASSERT_TRUE(open().add(authority.der, fingerprint));
  const auto pem = pki::to_pem("CERTIFICATE", authority.der);
  ASSERT_TRUE(open().add(view(pem), fingerprint));
  ASSERT_EQ(open().authorities().size(), 1U);
  EXPECT_FALSE(open().authorities().front().pinned);
  ASSERT_TRUE(open().remove(fingerprint));
  EXPECT_EQ(open().remove(fingerprint).error().code, "trust_unknown");
  EXPECT_TRUE(open().authorities().empty());
}

TEST_F(Trust, TakesInNothingUnpinnedOrDifferent) {
  const auto authority = country().authority(country().second);
  EXPECT_EQ(open().add(authority.der, std::nullopt).error().code, "trust_not_pinned");
  EXPECT_EQ(open().add(authority.der, crypto::Sha256{}).error().code, "trust_fingerprint_differs");
  EXPECT_TRUE(open().authorities().empty());
}

TEST_F(Trust, TakesInNoCertificateThatMayNotIssue) {
  const auto certificate = country().authority(country().second, false);
  EXPECT_EQ(open().add(certificate.der, crypto::sha256(certificate.der)).error().code,
            "trust_not_an_authority");
  const auto citizen = country().citizen(country().second, country().second);
  EXPECT_EQ(open().add(citizen.der, crypto::sha256(citizen.der)).error().code, "trust_not_an_authority");
}

TEST_F(Trust, BelievesNoFileThatWasChanged) {
  const auto authority = country().authority(country().second);
  ASSERT_TRUE(open().add(authority.der, crypto::sha256(authority.der)));
  const auto file = *fs::directory_iterator(folder_ / "authorities");
  std::ofstream(file.path(), std::ios::app) << 'x';
  EXPECT_EQ(TrustFolder::open(folder_ / "authorities").error().code, "trust_file_changed");
}

TEST(PinnedAuthorities, AreFoundByTheirFingerprintAlone) {
  for (const auto& pinned : pinned_authorities()) {
    const auto fingerprint = parse_fingerprint(pinned.fingerprint);
    ASSERT_TRUE(fingerprint) << pinned.name;
    EXPECT_EQ(find_pinned(*fingerprint), &pinned);
  }
  EXPECT_EQ(find_pinned(crypto::Sha256{}), nullptr);
  EXPECT_EQ(parse_fingerprint("AB:CD").error().code, "trust_fingerprint_form");
  const std::string text(64, 'a');
  std::string with_colons;
  for (std::size_t i = 0; i < text.size(); i += 2) with_colons += (i ? ":" : "") + text.substr(i, 2);
  EXPECT_EQ(parse_fingerprint(with_colons).value(), parse_fingerprint(text).value());
}

}  // namespace
}  // namespace shomei::card::trust
