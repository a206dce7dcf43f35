// What an officer revokes: for which reason, and what is refused.
#include "counter/change_status.h"

#include <gmock/gmock.h>

#include "tests/counter/small_office.h"

namespace shomei::test {
namespace {

using journal::CertificateState;
using rules::Ground;
using testing::HasSubstr;

class RevokeCertificate : public SmallOffice {
 protected:
  journal::CertificateRecord of_hanako(CertificateKind kind = CertificateKind::user_authentication) {
    return certify(take_in("hanako-1"), kind);
  }
  // A refusal by the rules: the code, one entry with the facts, and the certificate as it was.
  void expect_refused(const Result<journal::CertificateRecord>& result, std::uint64_t entries_before,
                      const journal::CertificateRecord& record, std::string_view code) {
    ASSERT_FALSE(result) << code;
    EXPECT_EQ(result.error().fault, Fault::refused) << code;
    EXPECT_EQ(result.error().code, code);
    EXPECT_EQ(entries(), entries_before + 1) << code;
    EXPECT_EQ(last_entry().of(field::kRefusal), code);
    EXPECT_EQ(last_entry().of(field::kAct), "revoke");
    EXPECT_EQ(last_entry().of(field::kResident), record.resident.text());
    EXPECT_TRUE(last_entry().has(field::kFacts)) << code;
    EXPECT_TRUE(last_changes().empty()) << code;
    EXPECT_EQ(certificate(record.serial).state, record.state) << code;
  }
};

TEST_F(RevokeCertificate, TheGroundNamesTheReason) {
  const std::pair<std::optional<Ground>, RevocationReason> cases[] = {
      {std::nullopt, RevocationReason::cessation_of_operation},
      {Ground::wish, RevocationReason::cessation_of_operation},
      {Ground::lost, RevocationReason::key_compromise},
      {Ground::stolen, RevocationReason::key_compromise},
      {Ground::leak, RevocationReason::key_compromise},
      {Ground::damaged, RevocationReason::superseded},
      {Ground::disaster, RevocationReason::superseded},
      {Ground::defect, RevocationReason::superseded},
      {Ground::reissue, RevocationReason::superseded},
      {Ground::express, RevocationReason::superseded},
      {Ground::office_fault, RevocationReason::unspecified},
      {Ground::authority_compromise, RevocationReason::ca_compromise}};
  int number = 0;
  for (const auto& [ground, reason] : cases) {
    SCOPED_TRACE(ground ? rules::name(*ground) : "no ground");
    go_to("2026-11-24T10:00:00+09:00");
    const auto held = certify(take_in("person-" + std::to_string(++number)), CertificateKind::signature);
    go_to("2026-11-25T14:00:00+09:00");
    const auto revoked = revoke(held.serial, ground);
    ASSERT_TRUE(revoked) << revoked.error().code;
    for (const auto& record : {*revoked, certificate(held.serial)}) {
      EXPECT_EQ(record.state, CertificateState::revoked);
      EXPECT_EQ(record.reason, reason);
      EXPECT_EQ(format_jst(*record.revoked_at), "2026-11-25T14:00:00+09:00");
    }
    const auto entry = last_entry();
    EXPECT_EQ(entry.of(field::kAct), "revoke");
    EXPECT_EQ(entry.of(field::kActor), "officer-7");
    EXPECT_EQ(entry.of(field::kResident), held.resident.text());
    EXPECT_EQ(entry.of(field::kCard), held.card.text());
    ASSERT_EQ(last_changes().size(), 1U);
    const auto change = std::get<journal::CertificateRevoked>(last_changes()[0]);
    EXPECT_EQ(change.serial, held.serial);
    EXPECT_EQ(change.reason, reason);
  }
}

TEST_F(RevokeCertificate, AStatedReasonStandsBeforeThatOfTheGround) {
  const auto held = of_hanako();
  const auto revoked = revoke(held.serial, {.ground = Ground::lost}, RevocationReason::superseded);
  ASSERT_TRUE(revoked) << revoked.error().code;
  EXPECT_EQ(revoked->reason, RevocationReason::superseded);
  EXPECT_THAT(last_entry().of(field::kFacts), HasSubstr(R"("superseded")"));
}

TEST_F(RevokeCertificate, AHoldIsNoRevocation) {
  const auto held = of_hanako();
  const auto count = entries();
  expect_refused(revoke(held.serial, counter::Application{}, RevocationReason::certificate_hold), count, held,
                 "reason_is_a_hold");
}

TEST_F(RevokeCertificate, AReasonThatTheRulesDoNotKnowIsUnfit) {
  const auto held = of_hanako();
  const auto count = entries();
  for (auto reason : {RevocationReason::remove_from_crl, RevocationReason::privilege_withdrawn,
                      RevocationReason::aa_compromise}) {
    const auto refused = revoke(held.serial, counter::Application{}, reason);
    ASSERT_FALSE(refused) << pki::name(reason);
    EXPECT_EQ(refused.error().code, "reason_unfit");
    EXPECT_EQ(refused.error().parameter("reason"), pki::name(reason));
  }
  EXPECT_EQ(entries(), count + 3) << "each leaves its trace";
  EXPECT_EQ(last_entry().of(field::kRefusal), "reason_unfit");
  EXPECT_EQ(certificate(held.serial).state, CertificateState::valid);
}

TEST_F(RevokeCertificate, WhatIsRevokedIsNotRevokedAgain) {
  const auto held = of_hanako();
  ASSERT_TRUE(revoke(held.serial, Ground::wish));
  auto revoked = certificate(held.serial);
  const auto count = entries();
  expect_refused(revoke(held.serial, Ground::stolen), count, revoked, "no_certificate_to_revoke");
  EXPECT_EQ(certificate(held.serial).reason, RevocationReason::cessation_of_operation) << "the first stays";
}

TEST_F(RevokeCertificate, WhatHasExpiredHasEnded) {
  const auto held = of_hanako();
  EXPECT_EQ(format_date(jst_date(held.not_after)), "2031-01-02");
  go_to("2031-01-03T00:00:00+09:00");
  const auto count = entries();
  expect_refused(revoke(held.serial, Ground::lost), count, held, "no_certificate_to_revoke");
  go_to("2031-01-03T00:00:01+09:00");
}

TEST_F(RevokeCertificate, OnItsLastDayItIsRevoked) {
  const auto held = of_hanako();
  go_to("2031-01-02T23:59:59+09:00");
  EXPECT_TRUE(revoke(held.serial, Ground::lost));
}

TEST_F(RevokeCertificate, AnyCounterTakesItAndAKioskDoesNot) {
  const auto held = of_hanako();
  const auto count = entries();
  expect_refused(revoke(held.serial, {.ground = Ground::lost}, std::nullopt, "kiosk-at-a-shop"), count, held,
                 "office_not_competent");
  const auto elsewhere = revoke(held.serial, {.ground = Ground::lost}, std::nullopt, "naka-ward-office");
  ASSERT_TRUE(elsewhere) << elsewhere.error().code;
  EXPECT_EQ(last_entry().of(field::kOffice), "naka-ward-office");
  EXPECT_EQ(revoke(held.serial, counter::Application{}, std::nullopt, "no-such-office").error().code,
            "office_unknown");
}

TEST_F(RevokeCertificate, WhoProvesNothingIsRefused) {
  const auto held = of_hanako();
  const auto count = entries();
  expect_refused(revoke(held.serial, {.proofs = rules::Proofs{}, .ground = Ground::lost}), count, held,
                 "identity_not_proved");
}

TEST_F(RevokeCertificate, AHeldOneIsRevokedForGood) {
  const auto held = of_hanako();
  suspend(held);
  const auto revoked = revoke(held.serial, Ground::stolen);
  ASSERT_TRUE(revoked) << revoked.error().code;
  EXPECT_EQ(revoked->state, CertificateState::revoked);
  EXPECT_EQ(revoked->reason, RevocationReason::key_compromise);
}

TEST_F(RevokeCertificate, OneAloneOfTwo) {
  const auto id = take_in("hanako-1");
  const auto authentication = certify(id, CertificateKind::user_authentication);
  const auto signature = certify(id, CertificateKind::signature);
  ASSERT_TRUE(revoke(authentication.serial, Ground::wish));
  EXPECT_EQ(certificate(signature.serial).state, CertificateState::valid);
}

// The facts are those of the certificate's own card, which another has followed.
TEST_F(RevokeCertificate, OfAnEarlierCard) {
  const auto held = of_hanako();
  residents::CardRecord second;
  second.id = *CardId::parse("second-card");
  second.holder = held.resident;
  second.valid_until = *parse_date("2036-06-06");
  set_card_state(held.resident, residents::CardState::lost);
  auto transaction = *journal_.begin();
  ASSERT_TRUE(transaction.rows().insert(second));
  ASSERT_TRUE(transaction.append({.act = crypto::ordered_identifier<ActId>()}));
  ASSERT_TRUE(transaction.commit());
  const auto newer = certify(held.resident, held.kind);
  EXPECT_EQ(newer.card, second.id);
  const auto revoked = revoke(held.serial, Ground::lost);
  ASSERT_TRUE(revoked) << revoked.error().code;
  EXPECT_EQ(last_entry().of(field::kCard), held.card.text());
  EXPECT_THAT(last_entry().of(field::kFacts), HasSubstr("2034-05-05"));
  EXPECT_EQ(certificate(newer.serial).state, CertificateState::valid);
}

TEST_F(RevokeCertificate, ANumberThatIsUnknownOrTwofold) {
  const auto serial = *pki::SerialNumber::parse_hex("0A0B0C0D0E0F0102");
  EXPECT_EQ(revoke(serial, Ground::wish).error().code, "certificate_unknown");
  const auto id = take_in("hanako-1");
  for (auto kind : {CertificateKind::user_authentication, CertificateKind::signature})
    certify(id, kind, serial);
  const auto count = entries();
  EXPECT_EQ(revoke(serial, Ground::wish).error().code, "serial_ambiguous");
  EXPECT_EQ(entries(), count);
}

// As serial numbers that are taken one after the other are.
TEST_F(RevokeCertificate, OfATwofoldNumberTheKindTells) {
  const auto serial = *pki::SerialNumber::parse_hex("0A0B0C0D0E0F0102");
  const auto id = take_in("hanako-1");
  for (auto kind : {CertificateKind::user_authentication, CertificateKind::signature})
    certify(id, kind, serial);
  counter::StatusRequest request{officer(), serial, {.ground = Ground::wish}, {}};
  request.kind = CertificateKind::signature;
  const auto revoked = counter::revoke_certificate(parts(), request);
  ASSERT_TRUE(revoked) << revoked.error().code;
  EXPECT_EQ(revoked->kind, CertificateKind::signature);
  EXPECT_EQ(in_force(id), kAuthentication);
  EXPECT_EQ(counter::revoke_certificate(parts(), request)->kind, CertificateKind::signature) << "once more";
  auto other = request;
  other.kind = CertificateKind::user_authentication;
  EXPECT_EQ(counter::revoke_certificate(parts(), other).error().code, "request_differs");
  other.officer = officer();
  ASSERT_TRUE(counter::suspend_certificate(parts(), other));
  EXPECT_EQ(certificate(serial, CertificateKind::user_authentication).state, CertificateState::suspended);
  EXPECT_EQ(certificate(serial, CertificateKind::signature).state, CertificateState::revoked);
  EXPECT_EQ(counter::confirm_certificate(parts(), officer(), serial).error().code, "serial_ambiguous");
  EXPECT_TRUE(counter::confirm_certificate(parts(), officer(), serial, CertificateKind::user_authentication));
}

}  // namespace
}  // namespace shomei::test
