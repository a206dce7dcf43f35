// What recover() makes of each state in which a crash can leave a certificate.
#include "authority/recover.h"

#include <gtest/gtest.h>

#include "journal/verify.h"
#include "tests/authority/small_country.h"
#include "tests/support/dead_signer.h"

namespace shomei {
namespace {

using journal::CertificateState;
using test::serial;

class Recover : public testing::Test {
 protected:
  CertificateState state(const pki::SerialNumber& of) {
    const auto rows = *country_.journal().read();
    return rows->find_certificates(of)->at(0).state;
  }
  authority::Recovery recover(const Result<bool>& card_holds) {
    return *authority::recover(country_.journal(), [&](const auto&) -> Result<authority::CardEnd> {
      if (!card_holds) return card_holds.error();
      return *card_holds ? authority::CardEnd::held : authority::CardEnd::rolled_back;
    });
  }

  test::SmallCountry country_;
  test::Generation authority_ = country_.found(1);
  const pki::SerialNumber serial_ = serial("0A00000001");
};

TEST_F(Recover, AnIntentWithoutAResultIsWrittenOffAndItsSerialStaysUsed) {
  test::DeadSigner dead(*authority_.signer);
  const auto record = (*(*country_.journal().read())->list_authorities())[0];
  const test::Generation dying{nullptr, *authority::Authority::open(record, dead)};
  EXPECT_THROW((void)country_.issue(dying, serial_), test::PowerCut);
  EXPECT_EQ(state(serial_), CertificateState::reserved);
  EXPECT_EQ(recover(true).written_off, 1U);
  EXPECT_EQ(state(serial_), CertificateState::written_off);
  EXPECT_EQ(country_.issue(authority_, serial_).error().code, "serial_used");
  EXPECT_EQ(recover(true).written_off, 0U) << "once is enough";
}

TEST_F(Recover, AKeyThatDoesNotSignLeavesNothingToRepair) {
  test::LostSigner lost(*authority_.signer);
  const auto record = (*(*country_.journal().read())->list_authorities())[0];
  const test::Generation without{nullptr, *authority::Authority::open(record, lost)};
  EXPECT_EQ(country_.issue(without, serial_).error().code, "token_lost");
  EXPECT_EQ(state(serial_), CertificateState::written_off);
  EXPECT_EQ(country_.issue(authority_, serial_).error().code, "serial_used");
  EXPECT_EQ(recover(true).written_off, 0U);
}

TEST_F(Recover, WhatTheCardHoldsIsConfirmed) {
  ASSERT_TRUE(country_.issue(authority_, serial_));
  EXPECT_EQ(recover(true).confirmed, 1U);
  EXPECT_EQ(state(serial_), CertificateState::valid);
  EXPECT_EQ(recover(false).revoked, 0U);
}

TEST_F(Recover, WhatNoCardHoldsIsRevokedAsDestroyedBeforeDelivery) {
  ASSERT_TRUE(country_.issue(authority_, serial_));
  EXPECT_EQ(recover(false).revoked, 1U);
  const auto rows = *country_.journal().read();
  const auto record = rows->find_certificates(serial_)->at(0);
  EXPECT_EQ(record.state, CertificateState::revoked);
  EXPECT_EQ(record.reason, pki::RevocationReason::unspecified);  // jpki-facts 2.6
}

TEST_F(Recover, ACardThatCannotBeLookedAtIsLeftForTheNextTime) {
  ASSERT_TRUE(country_.issue(authority_, serial_));
  EXPECT_EQ(recover(conflict("card_in_use")).left, 1U);
  EXPECT_EQ(state(serial_), CertificateState::valid);
  EXPECT_EQ(recover(true).confirmed, 1U);
}

TEST_F(Recover, AnIntentIsLeftToItsOwnProcessForAWhile) {
  test::DeadSigner dead(*authority_.signer);
  const auto record = (*(*country_.journal().read())->list_authorities())[0];
  const test::Generation dying{nullptr, *authority::Authority::open(record, dead)};
  EXPECT_THROW((void)country_.issue(dying, serial_), test::PowerCut);
  ASSERT_TRUE(country_.issue(authority_, serial("0A00000002")));
  authority::AbandonedIntents abandoned(std::chrono::seconds{60});
  const auto begun = authority::AbandonedIntents::Clock::now();
  EXPECT_EQ(*abandoned.look(country_.journal(), begun), 0U);
  EXPECT_EQ(*abandoned.look(country_.journal(), begun + std::chrono::seconds{59}), 0U);
  EXPECT_EQ(state(serial_), CertificateState::reserved);
  EXPECT_EQ(*abandoned.look(country_.journal(), begun + std::chrono::seconds{60}), 1U);
  EXPECT_EQ(state(serial_), CertificateState::written_off);
  EXPECT_EQ(*abandoned.look(country_.journal(), begun + std::chrono::seconds{600}), 0U);
  EXPECT_EQ(state(serial("0A00000002")), CertificateState::valid) << "undelivered, and not for it to judge";
}

// Signs, and is so slow that its intent is given up meanwhile.
class SlowSigner final : public crypto::Signer {
 public:
  SlowSigner(crypto::Signer& signer, std::function<void()> meanwhile)
      : signer_(signer), meanwhile_(std::move(meanwhile)) {}
  const crypto::PublicKey& public_key() const override { return signer_.public_key(); }
  Result<Bytes> sign(ByteView what) override {
    meanwhile_();
    return signer_.sign(what);
  }

 private:
  crypto::Signer& signer_;
  std::function<void()> meanwhile_;
};

TEST_F(Recover, WhoComesBackAfterThatHandsNothingOut) {
  authority::AbandonedIntents abandoned(std::chrono::seconds{1});
  SlowSigner slow(*authority_.signer, [&] {
    const auto now = authority::AbandonedIntents::Clock::now();
    EXPECT_EQ(*abandoned.look(country_.journal(), now), 0U);
    EXPECT_EQ(*abandoned.look(country_.journal(), now + std::chrono::seconds{1}), 1U);
  });
  const auto record = (*(*country_.journal().read())->list_authorities())[0];
  const test::Generation late{nullptr, *authority::Authority::open(record, slow)};
  EXPECT_EQ(country_.issue(late, serial_).error().code, "certificate_state_moved");
  EXPECT_EQ(state(serial_), CertificateState::written_off);
}

}  // namespace
}  // namespace shomei
