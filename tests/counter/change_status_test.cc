// Suspended, restored and revoked: what is recorded, what a repeated request is answered, and who wins.
#include "counter/change_status.h"

#include <atomic>
#include <thread>

#include "tests/counter/small_office.h"

namespace shomei::test {
namespace {

using journal::CertificateState;
using rules::Ground;

class ChangeStatus : public SmallOffice {
 protected:
  ChangeStatus() {
    // JPKI's holds are final; a profile whose holds are not shows all that the authority can do.
    rules_.settings.hold_is_final = false;
    record_ = certify(take_in("hanako-1"), CertificateKind::signature);
    go_to("2026-11-25T10:00:00+09:00");
  }
  counter::StatusRequest request(std::optional<Ground> ground = {}) const {
    return {officer(), record_.serial, {.ground = ground}, {}};
  }
  CertificateState state() const { return certificate(record_.serial).state; }
  journal::CertificateRecord record_;
};

TEST_F(ChangeStatus, AHoldIsRecordedAndTakenBack) {
  const auto held = counter::suspend_certificate(parts(), request(Ground::lost));
  ASSERT_TRUE(held) << held.error().code;
  EXPECT_EQ(held->state, CertificateState::suspended);
  EXPECT_EQ(held->reason, RevocationReason::certificate_hold);
  EXPECT_EQ(format_jst(*held->revoked_at), "2026-11-25T10:00:00+09:00");
  EXPECT_EQ(state(), CertificateState::suspended);
  const auto suspended = std::get<journal::CertificateSuspended>(last_changes().at(0));
  EXPECT_EQ(suspended.serial, record_.serial);

  go_to("2026-11-26T10:00:00+09:00");
  const auto back = counter::restore_certificate(parts(), request());
  ASSERT_TRUE(back) << back.error().code;
  EXPECT_EQ(back->state, CertificateState::valid);
  EXPECT_FALSE(back->revoked_at || back->reason);
  EXPECT_EQ(state(), CertificateState::valid);
  const auto restored = std::get<journal::CertificateRestored>(last_changes().at(0));
  EXPECT_EQ(format_jst(restored.restored_at), "2026-11-26T10:00:00+09:00");
  EXPECT_EQ(last_entry().of(field::kAct), "restore");
}

TEST_F(ChangeStatus, AHoldIsFinalWhereTheRulesSaySo) {
  rules_.settings.hold_is_final = true;
  ASSERT_TRUE(counter::suspend_certificate(parts(), request(Ground::lost)));
  const auto count = entries();
  const auto back = counter::restore_certificate(parts(), request());
  ASSERT_FALSE(back);
  EXPECT_EQ(back.error().code, "hold_not_released");
  EXPECT_EQ(entries(), count + 1) << "the refusal leaves one trace";
  EXPECT_EQ(last_entry().of(field::kRefusal), "hold_not_released");
  EXPECT_EQ(state(), CertificateState::suspended);
  ASSERT_TRUE(counter::revoke_certificate(parts(), request(Ground::lost)));
  EXPECT_EQ(state(), CertificateState::revoked);
}

TEST_F(ChangeStatus, TheSameRequestIsAnsweredAsTheFirstTime) {
  const auto asked = request(Ground::lost);
  const auto first = counter::suspend_certificate(parts(), asked);
  ASSERT_TRUE(first);
  ASSERT_TRUE(counter::restore_certificate(parts(), request()));
  const auto count = entries();
  go_to("2026-11-27T10:00:00+09:00");
  const auto again = counter::suspend_certificate(parts(), asked);
  ASSERT_TRUE(again) << again.error().code;
  EXPECT_EQ(again->state, CertificateState::suspended);
  EXPECT_EQ(again->revoked_at, first->revoked_at);
  EXPECT_EQ(again->reason, first->reason);
  EXPECT_EQ(state(), CertificateState::valid) << "and nothing is done a second time";
  EXPECT_EQ(entries(), count);
}

TEST_F(ChangeStatus, TheSameIdentifierForSomethingElseIsAConflict) {
  const auto asked = request(Ground::lost);
  ASSERT_TRUE(counter::suspend_certificate(parts(), asked));
  auto other = asked;
  other.application.ground = Ground::stolen;
  const auto count = entries();
  for (const auto& result :
       {counter::revoke_certificate(parts(), asked), counter::suspend_certificate(parts(), other)}) {
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().fault, Fault::conflict);
    EXPECT_EQ(result.error().code, "request_differs");
  }
  EXPECT_EQ(entries(), count);
}

TEST_F(ChangeStatus, TheSameIdentifierWithAnotherApplicationIsAConflict) {
  const auto asked = request(Ground::lost);
  ASSERT_TRUE(counter::suspend_certificate(parts(), asked));
  rules::Proofs document;
  document.add(rules::Proof::document_a);
  const auto count = entries();
  const counter::Application others[] = {{.applicant = rules::Applicant::self},
                                         {.proofs = document},
                                         {.proofs = rules::Proofs{}},
                                         {.exception = rules::Exception{"a flood", false}},
                                         {.exception = rules::Exception{"a flood", true}}};
  for (const auto& other : others) {
    auto again = asked;
    again.application = other;
    again.application.ground = Ground::lost;
    const auto result = counter::suspend_certificate(parts(), again);
    ASSERT_FALSE(result) << counter::words_of(other);
    EXPECT_EQ(result.error().code, "request_differs");
  }
  EXPECT_EQ(entries(), count);
  EXPECT_TRUE(counter::suspend_certificate(parts(), asked));
}

TEST_F(ChangeStatus, ARefusedRequestIsDecidedAnew) {
  const auto asked = request();
  EXPECT_FALSE(counter::restore_certificate(parts(), asked)) << "nothing is suspended";
  ASSERT_TRUE(counter::suspend_certificate(parts(), request(Ground::lost)));
  EXPECT_TRUE(counter::restore_certificate(parts(), asked));
}

// Eight officers at once: one revokes, and the others are told that it is revoked.
TEST_F(ChangeStatus, OfManyAtOnceOneWins) {
  std::atomic<int> won{0}, told{0};
  std::vector<std::thread> officers;
  for (int i = 0; i < 8; ++i)
    officers.emplace_back([&] {
      const auto result = counter::revoke_certificate(parts(), request(Ground::lost));
      if (result) ++won;
      if (!result && result.error().fault == Fault::refused) ++told;
    });
  for (auto& officer : officers) officer.join();
  EXPECT_EQ(won, 1);
  EXPECT_EQ(told, 7);
  EXPECT_EQ(state(), CertificateState::revoked);
}

TEST_F(ChangeStatus, ADeliveryIsConfirmedOnce) {
  const auto count = entries();
  const auto again = counter::confirm_certificate(parts(), officer(), record_.serial);
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->delivered);
  EXPECT_EQ(entries(), count);
}

}  // namespace
}  // namespace shomei::test
