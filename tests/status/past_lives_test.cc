// Random lives of a few certificates, recorded in a journal; what a signed statement says of random instants,
// against a model that paints each change over the seconds for which it counts.
#include <rapidcheck.h>

#include "tests/status/past_country.h"

namespace shomei::status {
namespace {

constexpr int kSeconds = 120;

struct Painted {
  std::vector<PastState> now = std::vector(kSeconds, PastState::unknown);
  std::vector<PastState> then = now;
  std::vector<bool> doubtful = std::vector(kSeconds, false);
  int exists_from = kSeconds;  // the first second at which its issue had been recorded
  PastState last = PastState::unknown;

  void paint(PastState state, int recorded, int from) {
    for (int s = from; s < kSeconds; ++s) now[s] = state;
    for (int s = recorded + 1; s < kSeconds; ++s) then[s] = state;
    last = state;
  }
  PastState now_at(int s) const { return s < exists_from ? PastState::unknown : now[s]; }
};

class Lives {
 public:
  // One act: a change of one certificate, or of two in one entry, as when a person dies.
  void act() {
    std::vector<journal::StatusChange> part;
    const int changes = *rc::gen::inRange(1, 3);
    for (int i = 0; i < changes; ++i) change(*rc::gen::inRange<std::size_t>(0, kNames.size()), part);
    country.record(std::move(part));
    now = std::min(kSeconds - 1, now + *rc::gen::inRange(0, 6));
    country.clock_.at = PastCountry::second(now);
  }

  void change(std::size_t which, std::vector<journal::StatusChange>& part) {
    const auto& of = kNames[which];
    auto& life = painted[which];
    const int from = std::max(0, now - *rc::gen::inRange(0, 15));
    const auto at = PastCountry::second(from);
    if (life.last == PastState::unknown) {
      part.push_back(journal::SerialReserved{of.authority, of.serial});
      part.push_back(PastCountry::issue(of));
      life.exists_from = now + 1;
      life.paint(PastState::valid, now, 0);
    } else if (life.last == PastState::revoked) {
      part.push_back(journal::SerialReserved{of.authority, of.serial});  // says nothing of its state
    } else if (*rc::gen::inRange(0, 4) == 0) {
      const int doubt = std::max(0, from - 10);
      part.push_back(journal::CertificateRevoked{
          of.authority, of.serial, at, pki::RevocationReason::key_compromise, PastCountry::second(doubt)});
      life.paint(PastState::revoked, now, from);
      for (int s = doubt; s < kSeconds; ++s) life.doubtful[s] = true;
    } else if (life.last == PastState::valid) {
      part.push_back(journal::CertificateSuspended{of.authority, of.serial, at});
      life.paint(PastState::suspended, now, from);
    } else {
      part.push_back(journal::CertificateRestored{of.authority, of.serial, at});
      life.paint(PastState::valid, now, from);
    }
  }

  // Two of one number, by two generations; and a number whose bytes are in others'.
  const std::vector<CertificateName> kNames{{"signature-1", serial("0A0B0C0D0E0F")},
                                            {"signature-2", serial("0A0B0C0D0E0F")},
                                            {"signature-1", serial("0B0C")}};
  PastCountry country;
  std::vector<Painted> painted = std::vector<Painted>(3);
  int now = 0;
};

void ask(Lives& lives, std::size_t which, int s) {
  const auto& of = lives.kNames[which];
  const auto& life = lives.painted[which];
  const auto disclosure = *rc::gen::element(Disclosure::all_parts, Disclosure::own_parts);
  const auto made = lives.country.statement(of, PastCountry::second(s), disclosure);
  const auto checked = check_statement(lives.country.sign(made, of.authority), lives.country.key_);
  RC_ASSERT(checked.has_value());
  const auto& statement = checked->statement;
  RC_ASSERT(name(statement.now().state) == name(life.now_at(s)));
  RC_ASSERT(name(statement.then().state) == name(life.then[s]));
  const bool doubtful = s >= life.exists_from && life.doubtful[s];
  RC_ASSERT(statement.now().invalidity_at.has_value() == doubtful);
  RC_ASSERT(statement.good() == (life.now_at(s) == PastState::valid && !doubtful));
  if (disclosure == Disclosure::all_parts) RC_ASSERT(checked->withheld.empty());
}

TEST(PastLivesProperty, AStatementSaysWhatTheModelSays) {
  EXPECT_TRUE(rc::check([] {
    Lives lives;
    const int acts = *rc::gen::inRange(0, 40);
    for (int i = 0; i < acts; ++i) lives.act();
    lives.country.clock_.at = PastCountry::second(kSeconds);
    for (int i = 0; i < 6; ++i)
      ask(lives, *rc::gen::inRange<std::size_t>(0, lives.kNames.size()), *rc::gen::inRange(0, kSeconds));
  }));
}

}  // namespace
}  // namespace shomei::status
