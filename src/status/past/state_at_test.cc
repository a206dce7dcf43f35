#include "status/past/state_at.h"

#include <gtest/gtest.h>

namespace shomei::status {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

Instant second(int n) {
  return *parse_instant("2026-11-22T00:00:00Z") + seconds(n);
}

// Recorded at the second `recorded`, 400 milliseconds past it.
Change change(LifeEvent event, int recorded, int from) {
  return {static_cast<std::uint64_t>(recorded), InstantMs(second(recorded)) + milliseconds(400), event,
          second(from)};
}
Change issue(int recorded = 10, int not_before = 9, int not_after = 1000) {
  auto made = change(LifeEvent::issued, recorded, not_before);
  made.not_after = second(not_after);
  return made;
}
Change revocation(int recorded, int from, std::optional<int> invalidity = {}) {
  auto made = change(LifeEvent::revoked, recorded, from);
  made.reason = pki::RevocationReason::key_compromise;
  if (invalidity) made.invalidity_at = second(*invalidity);
  return made;
}

PastState now(const std::vector<Change>& changes, int at) {
  return known_now(changes, second(at)).state;
}
PastState then(const std::vector<Change>& changes, int at) {
  return known_then(changes, second(at)).state;
}

TEST(StateAt, IsUnknownUntilTheIssueWasRecorded) {
  const std::vector changes{issue()};
  EXPECT_EQ(now(changes, 9), PastState::unknown) << "not_before alone makes no certificate";
  EXPECT_EQ(now(changes, 10), PastState::unknown) << "it was recorded 400 milliseconds later";
  EXPECT_EQ(now(changes, 11), PastState::valid);
  EXPECT_EQ(then(changes, 10), PastState::unknown);
  EXPECT_EQ(now({}, 11), PastState::unknown);
  EXPECT_EQ(known_now(changes, second(9)), StateAt{}) << "of what is unknown nothing else is said";
}

TEST(StateAt, TheLastSecondIsStillGood) {
  const std::vector changes{issue(10, 20, 30)};
  EXPECT_TRUE(known_now(changes, second(19)).not_yet_valid);
  EXPECT_FALSE(is_good(known_now(changes, second(19))));
  EXPECT_TRUE(is_good(known_now(changes, second(20))));
  EXPECT_TRUE(is_good(known_now(changes, second(30))));
  EXPECT_TRUE(known_now(changes, second(31)).expired);
  EXPECT_FALSE(is_good(known_now(changes, second(31))));
}

TEST(StateAt, ARevocationThatWasRecordedLateCountsFromItsOwnInstant) {
  const std::vector changes{issue(), revocation(100, 50)};
  EXPECT_EQ(now(changes, 49), PastState::valid);
  EXPECT_EQ(now(changes, 50), PastState::revoked);
  EXPECT_EQ(then(changes, 50), PastState::valid) << "nobody could have known";
  EXPECT_EQ(then(changes, 100), PastState::valid) << "400 milliseconds too early";
  EXPECT_EQ(then(changes, 101), PastState::revoked);
  const auto state = known_now(changes, second(60));
  EXPECT_EQ(state.since, second(50));
  EXPECT_EQ(state.reason, pki::RevocationReason::key_compromise);
}

TEST(StateAt, AHoldIsAnIntervalThatLeavesNoTraceBehindIt) {
  const std::vector changes{issue(), change(LifeEvent::suspended, 20, 20),
                            change(LifeEvent::restored, 30, 30)};
  EXPECT_EQ(now(changes, 19), PastState::valid);
  EXPECT_EQ(now(changes, 20), PastState::suspended);
  EXPECT_EQ(now(changes, 29), PastState::suspended);
  EXPECT_EQ(now(changes, 30), PastState::valid);
  EXPECT_EQ(then(changes, 30), PastState::suspended);
  EXPECT_EQ(known_now(changes, second(30)).since, std::nullopt);
}

TEST(StateAt, ARevocationOfAHeldCertificateEndsTheHold) {
  const std::vector changes{issue(), change(LifeEvent::suspended, 20, 20), revocation(40, 35)};
  EXPECT_EQ(now(changes, 34), PastState::suspended);
  EXPECT_EQ(now(changes, 35), PastState::revoked);
  EXPECT_EQ(then(changes, 36), PastState::suspended);
}

TEST(StateAt, WhenTheKeyMayHaveBeenLostEarlierItIsNotGoodFromThen) {
  const std::vector changes{issue(), revocation(100, 90, 40)};
  EXPECT_TRUE(is_good(known_now(changes, second(39))));
  const auto doubtful = known_now(changes, second(40));
  EXPECT_EQ(doubtful.state, PastState::valid) << "it was not revoked yet";
  EXPECT_EQ(doubtful.invalidity_at, second(40));
  EXPECT_FALSE(is_good(doubtful));
  EXPECT_TRUE(is_good(known_then(changes, second(40))));
  EXPECT_EQ(known_then(changes, second(101)).invalidity_at, second(40));
}

}  // namespace
}  // namespace shomei::status
