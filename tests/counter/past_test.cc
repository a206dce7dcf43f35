// Whatever an office does to certificates: the row of each leads to everything that the journal says of it,
// so that the journal need not be walked.
#include <algorithm>

#include "counter/block_key.h"
#include "status/past/life.h"
#include "status/past/state_at.h"
#include "tests/counter/small_office.h"

namespace shomei::test {
namespace {

using rules::Ground;
using status::PastState;

class PastOfAnOfficeTest : public SmallOffice {
 protected:
  PastOfAnOfficeTest() { rules_.settings.hold_is_final = false; }

  void TearDown() override {
    const auto reading = rows();
    ASSERT_TRUE(reading->each_signed([&](const auto& record) {
      expect_same(*reading, record);
      return true;
    }));
    SmallOffice::TearDown();
  }
  static void expect_same(journal::Rows& reading, const journal::CertificateRecord& record) {
    const auto walked = status::walk_life(reading, {record.authority, record.serial}).value();
    const auto found = status::find_life(reading, record).value();
    EXPECT_EQ(found.changes, walked.changes) << record.serial.hex();
    EXPECT_EQ(found.founded, walked.founded);
    const auto about = reading.entries_of_resident(record.resident).value();
    for (const auto& change : walked.changes)
      EXPECT_TRUE(std::ranges::binary_search(about, change.sequence))
          << change.sequence << " is about nobody";
  }
  PastState state(const journal::CertificateRecord& record, std::string_view at) {
    const auto life = status::find_life(*rows(), certificate(record.serial, record.kind)).value();
    return status::known_now(life.changes, *parse_instant(at)).state;
  }
  counter::StatusRequest about(const journal::CertificateRecord& record, std::optional<Ground> ground = {}) {
    return {officer(), record.serial, {.ground = ground}, {}};
  }
  const ResidentId hanako_ = take_in("hanako-1");
};

TEST_F(PastOfAnOfficeTest, AMoveEndsTheSignatureFromThatSecondOn) {
  const auto signature = certify(hanako_, CertificateKind::signature);
  const auto authentication = certify(hanako_, CertificateKind::user_authentication);
  go_to("2026-12-24T10:00:00+09:00");
  ASSERT_TRUE(record(hanako_, {residents::EventKind::moved, "神奈川県横浜市中区１番地", "14104"}));
  EXPECT_EQ(state(signature, "2026-11-24T09:59:59+09:00"), PastState::unknown);
  EXPECT_EQ(state(signature, "2026-12-24T09:59:59+09:00"), PastState::valid);
  EXPECT_EQ(state(signature, "2026-12-24T10:00:00+09:00"), PastState::revoked);
  EXPECT_EQ(state(authentication, "2026-12-24T10:00:00+09:00"), PastState::valid);
}

TEST_F(PastOfAnOfficeTest, AHoldThatWasTakenBackAndAKeyThatLeaked) {
  const auto held = certify(hanako_, CertificateKind::signature);
  go_to("2026-11-25T10:00:00+09:00");
  ASSERT_TRUE(counter::suspend_certificate(parts(), about(held, Ground::lost)));
  go_to("2026-11-26T10:00:00+09:00");
  ASSERT_TRUE(counter::restore_certificate(parts(), about(held)));
  go_to("2026-11-27T10:00:00+09:00");
  const auto key = pki::parse_certificate(held.der)->tbs.key;
  ASSERT_TRUE(counter::block_key(
      parts(),
      {.officer = officer(), .key = crypto::sha256(key.spki()), .cause = "reported", .revoke = true}));
  EXPECT_EQ(state(held, "2026-11-25T12:00:00+09:00"), PastState::suspended);
  EXPECT_EQ(state(held, "2026-11-26T12:00:00+09:00"), PastState::valid);
  EXPECT_EQ(state(held, "2026-11-27T12:00:00+09:00"), PastState::revoked);
}

}  // namespace
}  // namespace shomei::test
