// What OpenSSL and GnuTLS make of the lists of partitions and of delta lists.
#include <gtest/gtest.h>

#include "files/file.h"
#include "pki/extension.h"
#include "pki/signed_object.h"
#include "tests/authority/list_country.h"

namespace shomei::test {
namespace {

class ListsOfOthers : public Lists<InMemory> {
 protected:
  ListsOfOthers() : authority_(found()), lists_(lists()) {
    put_file("authority.pem", pki::to_pem("CERTIFICATE", authority_.certificate().der));
  }

  // As `prepare` makes them, of which the distribution point matters here.
  void certify(const CertificateRecord& record, const Municipality& place, const char* file) {
    const auto key = crypto::PrivateKey::generate(crypto::KeyType::ec_p256);
    const auto& issuer = authority_.certificate().tbs;
    const auto point = authority::distribution_point_name(profile_, authority_.kind(), place);
    const pki::TbsCertificate tbs{
        record.serial,
        signer_->algorithm(),
        issuer.subject,
        record.not_before,
        record.not_after,
        pki::Name().add(pki::NameAttribute::country, "JP").add(pki::NameAttribute::common_name, "SAMPLE"),
        key.public_key(),
        {pki::key_usage({pki::KeyUsage::digital_signature}), pki::crl_distribution_point(point),
         pki::authority_key_identifier(issuer.key, issuer.issuer, issuer.serial)}};
    const Bytes tbs_der = pki::encode_tbs(tbs);
    put_file(file, pki::to_pem("CERTIFICATE",
                               pki::assemble_signed(tbs_der, tbs.algorithm, signer_->sign(tbs_der).value())));
  }
  void put_list(const std::string& name, const char* file) {
    put_file(file, pki::to_pem("X509 CRL", stands(name)->der));
  }
  void put_file(const char* file, std::string_view text) {
    ASSERT_TRUE(files::replace_file(folder_.path() / file, view(text)));
  }
  int run(const std::string& command) {
    return std::system(("cd '" + folder_.path().string() + "' && " + command + " > log 2>&1").c_str());
  }
  std::string log() { return to_text(files::read_file(folder_.path() / "log", 1 << 20).value()); }
  // Whether the certificate holds by those lists; `why` gets what openssl says.
  bool holds(const char* certificate, const std::string& lists, const std::string& more = "") {
    std::string command = "openssl verify -crl_check -extended_crl -CAfile authority.pem -attime " +
                          std::to_string(clock_.at.time_since_epoch().count()) + " " + more;
    return run(command + " -CRLfile " + lists + " " + certificate) == 0;
  }

  TemporaryFolder folder_;
  const Instant begins_ = clock_.at = SystemClock().now();  // certtool knows no other time
  authority::Authority authority_;
  StandingLists lists_;
};

TEST_F(ListsOfOthers, OpensslFindsARevokedCertificateOnTheListThatItNames) {
  auto lost = issue("13225"), kept = issue("13225"), away = issue("14104");
  certify(lost, kPlaces[0], "lost.pem");
  certify(kept, kPlaces[0], "kept.pem");
  certify(away, kPlaces[1], "away.pem");
  revoke(lost);
  ASSERT_TRUE(lists_.publish(authority_));
  put_list(kName + "/13225", "here.pem");
  put_list(kName + "/14104", "there.pem");
  EXPECT_FALSE(holds("lost.pem", "here.pem"));
  EXPECT_NE(log().find("certificate revoked"), std::string::npos) << log();
  EXPECT_TRUE(holds("kept.pem", "here.pem")) << log();
  EXPECT_TRUE(holds("away.pem", "there.pem")) << log();
  EXPECT_FALSE(holds("lost.pem", "there.pem")) << "the list of another partition";
  EXPECT_NE(log().find("CRL scope"), std::string::npos) << log();
  put_list(kName, "whole.pem");
  EXPECT_FALSE(holds("lost.pem", "whole.pem"));
  EXPECT_TRUE(holds("kept.pem", "whole.pem")) << "whoever is handed the list of all goes by it";
}

TEST_F(ListsOfOthers, OpensslPutsADeltaListOnTheListThatItHas) {
  for (const auto& name : {kName, kName + "/13225"}) {
    auto lost = issue("13225"), held = issue("13225");
    certify(lost, kPlaces[0], "lost.pem");
    certify(held, kPlaces[0], "held.pem");
    suspend(held);
    ASSERT_TRUE(lists_.publish(authority_));
    put_list(name, "base.pem");
    revoke(lost);
    restore(held);
    ASSERT_TRUE(lists_.publish(authority_));
    put_list(name + "/delta", "delta.pem");
    const std::string both = "base.pem -CRLfile delta.pem";
    EXPECT_TRUE(holds("lost.pem", both)) << "without -use_deltas it goes by the old one";
    EXPECT_FALSE(holds("lost.pem", both, "-use_deltas")) << name;
    EXPECT_NE(log().find("certificate revoked"), std::string::npos) << log();
    EXPECT_FALSE(holds("held.pem", both));
    EXPECT_TRUE(holds("held.pem", both, "-use_deltas")) << "removeFromCRL: " << log();
  }
}

TEST_F(ListsOfOthers, OpensslAndCerttoolReadAndVerifyAll) {
  auto lost = issue("13225");
  revoke(lost);
  ASSERT_TRUE(lists_.publish(authority_));
  for (const std::string name : {"", "/delta", "/13225", "/13225/delta", "/14104", "/14104/delta"}) {
    put_list(kName + name, "list.pem");
    EXPECT_EQ(run("openssl crl -in list.pem -noout -text -CAfile authority.pem"), 0) << name << log();
    EXPECT_NE(log().find("verify OK"), std::string::npos) << name << log();
    EXPECT_EQ(log().find("X509v3 Delta CRL Indicator: critical") != std::string::npos,
              name.ends_with("delta"));
    EXPECT_EQ(log().find("X509v3 Issuing Distribution Point: critical") != std::string::npos,
              name.find("/1") != std::string::npos);
    EXPECT_EQ(run("certtool --crl-info --infile list.pem"), 0) << name << log();
    EXPECT_EQ(run("certtool --verify-crl --load-ca-certificate authority.pem --infile list.pem"), 0)
        << name << log();
  }
}

}  // namespace
}  // namespace shomei::test
