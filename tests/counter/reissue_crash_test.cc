// A re-issue that the program's end interrupts: whatever recover() finds, the old certificate and the new one
// end in a state that says the truth, and no card is left with two or with a revoked one that nobody ended.
#include <gmock/gmock.h>

#include "authority/recover.h"
#include "tests/counter/small_office.h"

namespace shomei::test {
namespace {

using journal::CertificateState;

class ReissueCrash : public SmallOffice {
 protected:
  void SetUp() override {
    old_ = certify(id_, CertificateKind::user_authentication);
    go_to("2026-11-25T14:00:00+09:00");
    grants_.emplace(*counter::decide_issue(
        parts(), request(id_, {CertificateKind::user_authentication}, rules::Ground::reissue)));
  }

  Result<journal::CertificateRecord> reissue(const authority::Authority& by) {
    return authority::issue(prepared(*grants_, serial_), by, order(*grants_), journal_);
  }
  // Before the key is used: the intent stands alone.
  void dies_after_the_intent() {
    auto& generation = this->generation(CertificateKind::user_authentication);
    DeadSigner dead(*generation.signer);
    const auto dying = *authority::Authority::open(generation.record, dead);
    ASSERT_THROW((void)reissue(dying), PowerCut);
  }
  authority::Recovery recover(bool card_holds) {
    return *authority::recover(journal_, [&](const auto& record) {
      EXPECT_EQ(record.serial, serial_) << "the old one was delivered long ago";
      return card_holds ? authority::CardEnd::held : authority::CardEnd::rolled_back;
    });
  }
  CertificateState of_old() const { return certificate(old_.serial).state; }
  CertificateState of_new() const { return certificate(serial_).state; }

  const ResidentId id_ = take_in("hanako-1");
  const pki::SerialNumber serial_ = *pki::SerialNumber::parse_hex("0A0B0C0D0E0F0102");
  journal::CertificateRecord old_;
  std::optional<counter::Grants> grants_;
};

TEST_F(ReissueCrash, AfterTheIntentTheOldOneIsStillInForce) {
  dies_after_the_intent();
  EXPECT_EQ(of_old(), CertificateState::valid);
  EXPECT_EQ(of_new(), CertificateState::reserved);
  EXPECT_EQ(recover(false).written_off, 1U);
  EXPECT_EQ(of_old(), CertificateState::valid) << "it is on the card, and nothing has replaced it";
  EXPECT_EQ(of_new(), CertificateState::written_off);
  EXPECT_FALSE(certificate(old_.serial).revoked_at);
}

TEST_F(ReissueCrash, AfterTheIntentAnotherTrySucceeds) {
  dies_after_the_intent();
  recover(false);
  const auto again = counter::decide_issue(
      parts(), request(id_, {CertificateKind::user_authentication}, rules::Ground::reissue));
  ASSERT_TRUE(again) << again.error().code;
  const auto issued = issue(*again);
  ASSERT_TRUE(issued) << issued.error().code;
  EXPECT_EQ(of_old(), CertificateState::revoked);
  EXPECT_EQ(of_new(), CertificateState::written_off);
  EXPECT_EQ(in_force(id_), kAuthentication);
}

TEST_F(ReissueCrash, TheResultEndsTheOldOneInTheSameEntry) {
  const auto count = entries();
  ASSERT_TRUE(reissue(generation(CertificateKind::user_authentication).authority));
  EXPECT_EQ(entries(), count + 2);
  const auto changes = last_changes();
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(std::get<journal::CertificateIssued>(changes[0]).serial, serial_);
  EXPECT_EQ(std::get<journal::CertificateRevoked>(changes[1]).serial, old_.serial);
  recover(true);
}

TEST_F(ReissueCrash, AfterTheResultTheCardThatHoldsTheNewOneConfirmsIt) {
  ASSERT_TRUE(reissue(generation(CertificateKind::user_authentication).authority));
  EXPECT_EQ(recover(true).confirmed, 1U);
  EXPECT_EQ(of_new(), CertificateState::valid);
  EXPECT_TRUE(certificate(serial_).delivered);
  const auto old = certificate(old_.serial);
  EXPECT_EQ(old.state, CertificateState::revoked);
  EXPECT_EQ(old.reason, RevocationReason::superseded);
  EXPECT_EQ(format_jst(*old.revoked_at), "2026-11-25T14:00:00+09:00");
}

// Neither is in force then, which is the truth: the card's old key is gone, and the new one reached no card.
TEST_F(ReissueCrash, AfterTheResultWithoutACardBothHaveEnded) {
  ASSERT_TRUE(reissue(generation(CertificateKind::user_authentication).authority));
  EXPECT_EQ(recover(false).revoked, 1U);
  EXPECT_EQ(certificate(old_.serial).reason, RevocationReason::superseded);
  EXPECT_EQ(of_new(), CertificateState::revoked);
  EXPECT_EQ(certificate(serial_).reason, RevocationReason::unspecified);
  const auto first_again = counter::decide_issue(parts(), request(id_, kAuthentication));
  EXPECT_TRUE(first_again) << "no ground is needed: there is none in force";
  const auto more = *authority::recover(journal_, [](const auto&) { return authority::CardEnd::held; });
  EXPECT_EQ(more.written_off + more.confirmed + more.revoked + more.left, 0U) << "once is enough";
}

}  // namespace
}  // namespace shomei::test
