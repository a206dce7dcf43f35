// Two generations of one authority: one name, one space of serial numbers, a revocation list each.
#include <gtest/gtest.h>

#include "authority/publish_crl.h"
#include "files/file.h"
#include "pki/crl.h"
#include "tests/authority/small_country.h"

namespace shomei {
namespace {

using test::serial;

class Generations : public testing::Test {
 protected:
  test::SmallCountry country_;
  test::Generation first_ = country_.found(1);
  test::Generation second_ = country_.found(2);

  pki::Crl crl(const test::Generation& of) {
    return *pki::parse_crl(authority::publish_crl(of.authority, {}, country_.journal())->der);
  }
};

TEST_F(Generations, ShareANameAndASpaceOfNumbers) {
  EXPECT_EQ(first_.authority.subject(), second_.authority.subject());
  EXPECT_EQ(first_.authority.serial_space(), second_.authority.serial_space());
  ASSERT_TRUE(country_.issue(first_, serial("0102030405060708")));
  EXPECT_EQ(country_.issue(second_, serial("0102030405060708")).error().code, "serial_used");
}

TEST_F(Generations, EachListHasItsOwnCertificatesAndNamesItsOwnKey) {
  const auto a = *country_.issue(first_, serial("0A00000001"));
  const auto b = *country_.issue(second_, serial("0B00000001"));
  ASSERT_TRUE(country_.revoke(a, pki::RevocationReason::key_compromise));
  ASSERT_TRUE(country_.revoke(b, pki::RevocationReason::superseded));
  const auto first = crl(first_);
  const auto second = crl(second_);
  ASSERT_EQ(first.entries.size(), 1U);
  ASSERT_EQ(second.entries.size(), 1U);
  EXPECT_EQ(first.entries[0].serial, a.serial);
  EXPECT_EQ(second.entries[0].serial, b.serial);
  EXPECT_EQ(first.head.issuer_name_der, second.head.issuer_name_der);
  EXPECT_NE(first.head.authority_key->key_identifier, second.head.authority_key->key_identifier);
}

// openssl is given both authorities and both lists at once, and must find the right one by key.
TEST_F(Generations, OpensslFindsTheRightList) {
  const auto a = *country_.issue(first_, serial("0A00000001"));
  const auto b = *country_.issue(second_, serial("0B00000001"));
  ASSERT_TRUE(country_.revoke(a, pki::RevocationReason::key_compromise));
  std::string authorities, lists;
  for (const auto* g : {&first_, &second_}) {
    authorities += pki::to_pem("CERTIFICATE", g->authority.certificate().der);
    lists += pki::to_pem("X509 CRL", authority::publish_crl(g->authority, {}, country_.journal())->der);
  }
  const auto put = [&](const char* name, std::string_view text) {
    ASSERT_TRUE(files::replace_file(country_.folder() / name, view(text)));
  };
  put("authorities.pem", authorities);
  put("lists.pem", lists);
  put("a.pem", pki::to_pem("CERTIFICATE", a.der));
  put("b.pem", pki::to_pem("CERTIFICATE", b.der));
  const auto verify = [&](const std::string& certificate) {
    const std::string command = "cd '" + country_.folder().string() +
                                "' && openssl verify -crl_check -CAfile authorities.pem -CRLfile lists.pem " +
                                certificate + " > verify.log 2>&1";
    return std::system(command.c_str());
  };
  EXPECT_NE(verify("a.pem"), 0) << "revoked by its own generation";
  EXPECT_EQ(verify("b.pem"), 0) << "good: the other generation's list says nothing of it";
}

TEST_F(Generations, ReasonsThatNoListMayHaveAreRefused) {
  const auto a = *country_.issue(first_, serial("0A00000001"));
  for (auto reason : {pki::RevocationReason::remove_from_crl, pki::RevocationReason::certificate_hold})
    EXPECT_EQ(country_.revoke(a, reason).error().code, "reason_unfit");
  EXPECT_TRUE(crl(first_).entries.empty());
}

TEST_F(Generations, AListThatStillSaysWhatIsTrueIsNotSignedAgain) {
  const auto one = *authority::current_crl(first_.authority, {}, country_.journal());
  EXPECT_EQ(authority::current_crl(first_.authority, {}, country_.journal())->number, one.number);
  const auto a = *country_.issue(first_, serial("0A00000001"));
  ASSERT_TRUE(country_.revoke(a, pki::RevocationReason::unspecified));
  const auto two = *authority::current_crl(first_.authority, {}, country_.journal());
  EXPECT_EQ(two.number, one.number + 1);
  EXPECT_EQ(pki::parse_crl(two.der)->entries[0].reason, std::nullopt)
      << "unspecified is left out (RFC 5280 5.3.1)";
  EXPECT_EQ(authority::current_crl(first_.authority, {}, country_.journal())->number, two.number);
}

}  // namespace
}  // namespace shomei
