// Two generations of one authority: one name, one space of serial numbers, a revocation list each.
#include <gtest/gtest.h>

#include "authority/generations.h"
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

TEST_F(Generations, TheNewestIssuesUnlessTheSettingsGoBackToAnother) {
  const auto records = *(*country_.journal().read())->list_authorities();
  const auto issues = [&](std::string_view preferred, std::string_view at = "2030-01-01T00:00:00Z") {
    const auto found =
        authority::issuing_generation(records, first_.authority.kind(), *parse_instant(at), preferred);
    return (*found)->name;
  };
  EXPECT_EQ(issues(""), second_.authority.name());
  EXPECT_EQ(issues(first_.authority.name()), first_.authority.name());
  EXPECT_EQ(issues(second_.authority.name()), second_.authority.name());
  EXPECT_EQ(issues("signature-9"), second_.authority.name()) << "there is none of that name";
  EXPECT_EQ(issues(second_.authority.name(), "1990-01-01T00:00:00Z"), first_.authority.name()) << "not begun";
}

TEST_F(Generations, EachListHasItsOwnCertificatesAndNamesItsOwnKey) {
  const auto a = *country_.issue(first_, serial("0A00000001"));
  const auto b = *country_.issue(second_, serial("0B00000001"));
  ASSERT_TRUE(country_.revoke(a, rules::Reason::keyCompromise));
  ASSERT_TRUE(country_.revoke(b, rules::Reason::superseded));
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
  ASSERT_TRUE(country_.revoke(a, rules::Reason::keyCompromise));
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

TEST_F(Generations, WithoutADecisionToRevokeNothingIsRevoked) {
  const auto a = *country_.issue(first_, serial("0A00000001"));
  rules::Facts facts = country_.an_applicant();
  facts.certificates.push_back(
      {rules::Kind::user_authentication, rules::CertificateState::valid, jst_date(a.not_after)});
  const auto code = [&](const rules::Decision& decision) {
    return country_.revoke(a, decision).error().code;
  };
  EXPECT_EQ(code(test::SmallCountry::decide(rules::Verb::notice, facts)), "revocation_not_decided");
  EXPECT_EQ(code(test::SmallCountry::decide(rules::Verb::suspend, facts)), "revocation_not_decided")
      << "a hold";
  facts.stated_reason = rules::Reason::certificateHold;
  EXPECT_EQ(code(test::SmallCountry::decide(rules::Verb::revoke, facts)), "revocation_not_decided")
      << "refused";
  EXPECT_TRUE(crl(first_).entries.empty());
}

TEST_F(Generations, AReissueEndsTheOldCertificateInTheEntryThatMakesTheNewOne) {
  auto order = test::SmallCountry::order();
  const auto old = authority::issue(country_.prepare(first_, serial("0A00000001")), first_.authority, order,
                                    country_.journal());
  rules::Facts facts = country_.an_applicant();
  facts.card_valid_until = facts.authority_valid_until = first_.authority.last_whole_day();
  facts.certificates.push_back(
      {rules::Kind::user_authentication, rules::CertificateState::valid, jst_date(old->not_after)});
  order.act = crypto::ordered_identifier<ActId>();
  EXPECT_EQ(authority::issue(country_.prepare(first_, serial("0A00000002")), first_.authority, order,
                             country_.journal())
                .error()
                .code,
            "issue_under_way")
      << "decided as if there were none";
  facts.ground = rules::Ground::reissue;
  order.act = crypto::ordered_identifier<ActId>();
  const auto renewed = authority::issue(country_.prepare(first_, serial("0A00000003"), facts),
                                        first_.authority, order, country_.journal());
  ASSERT_TRUE(renewed) << renewed.error().code;
  const auto entries = crl(first_).entries;
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].serial, old->serial);
  EXPECT_EQ(entries[0].reason, pki::RevocationReason::superseded);
}

TEST_F(Generations, AListThatStillSaysWhatIsTrueIsNotSignedAgain) {
  const auto one = *authority::current_crl(first_.authority, {}, country_.journal());
  EXPECT_EQ(authority::current_crl(first_.authority, {}, country_.journal())->number, one.number);
  const auto a = *country_.issue(first_, serial("0A00000001"));
  ASSERT_TRUE(country_.revoke(a, rules::Reason::unspecified));
  const auto two = *authority::current_crl(first_.authority, {}, country_.journal());
  EXPECT_EQ(two.number, one.number + 1);
  EXPECT_EQ(pki::parse_crl(two.der)->entries[0].reason, std::nullopt)
      << "unspecified is left out (RFC 5280 5.3.1)";
  EXPECT_EQ(authority::current_crl(first_.authority, {}, country_.journal())->number, two.number);
}

}  // namespace
}  // namespace shomei
