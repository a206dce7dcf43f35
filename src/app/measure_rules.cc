#include "app/measure_rules.h"

#include <time.h>

#include <algorithm>

#include "base/check.h"
#include "rules/lives/lives.h"

namespace shomei::app {
namespace {

using rules::Decision;
using rules::Life;
using std::chrono::duration;
using std::chrono::nanoseconds;
using std::chrono::steady_clock;

nanoseconds processor_time() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return std::chrono::seconds{now.tv_sec} + nanoseconds{now.tv_nsec};
}

std::vector<Life> make_cases(std::uint64_t seed, int count) {
  rules::Lives lives(seed);
  std::vector<Life> cases;
  cases.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) cases.push_back(lives.next());
  return cases;
}

// Something of a decision that differs when the decision does.
std::uint64_t digest(const Decision& decision) {
  const auto not_after = decision.not_after() ? decision.not_after()->time_since_epoch().count() : 0;
  std::uint64_t sum = static_cast<std::uint64_t>(not_after) * 3 + decision.rules().size() * 1000003;
  sum += static_cast<std::uint64_t>(decision.verdict()) + decision.ends().size() * 17;
  return sum + static_cast<std::uint64_t>(decision.fee_yen().value_or(-1)) * 31;
}

class Measuring {
 public:
  Measuring(const rules::RuleSet& set, std::uint64_t seed, int cases)
      : set_(set), cases_(make_cases(seed, cases)), count_(cases), batch_(cases / kBatchesOfARound) {}

  // One decision of every case before anything is timed: it warms the caches, and says what is in the mix.
  void first_round() {
    for (int i = 0; i < count_; ++i) {
      const Decision decision = decide(i);
      ++result_
            .mix[static_cast<std::size_t>(decision.act().verb)][static_cast<std::size_t>(decision.verdict())];
      first_[static_cast<std::size_t>(i / batch_)] += digest(decision);
    }
    for (const auto sum : first_) result_.checksum = result_.checksum * 1000003 + sum;
  }

  void batches(std::chrono::seconds seconds) {
    std::vector<double> by_core, by_clock;
    const auto until = steady_clock::now() + seconds;
    do {
      for (int batch = 0; batch < kBatchesOfARound; ++batch) {
        const auto core = processor_time();
        const auto clock = steady_clock::now();
        const std::uint64_t sum = decide_batch(batch);
        by_clock.push_back(batch_ / duration<double>(steady_clock::now() - clock).count());
        by_core.push_back(batch_ / duration<double>(processor_time() - core).count());
        if (sum != first_[static_cast<std::size_t>(batch)]) result_.repeated = false;
      }
    } while (steady_clock::now() < until);
    result_.batches = static_cast<int>(by_clock.size());
    result_.decisions = std::int64_t{batch_} * result_.batches;
    result_.per_core_second = spread_of(std::move(by_core));
    result_.per_second = spread_of(std::move(by_clock));
  }

  void single_decisions() {
    std::vector<std::int64_t> taken(cases_.size()), clock(cases_.size());
    std::uint64_t sum = 0;
    for (int i = 0; i < count_; ++i) {
      const auto before = steady_clock::now();
      const Decision decision = decide(i);
      const auto after = steady_clock::now();
      sum += digest(decision);
      taken[static_cast<std::size_t>(i)] = nanoseconds(after - before).count();
      clock[static_cast<std::size_t>(i)] = nanoseconds(steady_clock::now() - after).count();
    }
    std::uint64_t all = 0;
    for (const auto first : first_) all += first;
    if (sum != all) result_.repeated = false;
    std::ranges::sort(taken);
    std::ranges::sort(clock);
    const auto at = [&](std::size_t of_1000) { return taken[taken.size() * of_1000 / 1000]; };
    result_.latency = {at(500), at(900), at(990), at(999), taken.back(), clock[clock.size() / 2]};
  }

  const RulesMeasurement& result() const { return result_; }

 private:
  Decision decide(int i) const {
    const Life& life = cases_[static_cast<std::size_t>(i)];
    return rules::decide(set_, life.act, life.facts, life.on);
  }
  std::uint64_t decide_batch(int batch) const {
    std::uint64_t sum = 0;
    for (int i = batch * batch_; i < (batch + 1) * batch_; ++i) sum += digest(decide(i));
    return sum;
  }

  const rules::RuleSet& set_;
  std::vector<Life> cases_;
  int count_, batch_;
  std::array<std::uint64_t, kBatchesOfARound> first_{};
  RulesMeasurement result_;
};

}  // namespace

RulesMeasurement measure_rules(const rules::RuleSet& set, std::uint64_t seed, std::chrono::seconds seconds,
                               int cases) {
  SHOMEI_INVARIANT(cases > 0 && cases % kBatchesOfARound == 0);
  Measuring measuring(set, seed, cases);
  measuring.first_round();
  measuring.batches(seconds);
  measuring.single_decisions();
  return measuring.result();
}

}  // namespace shomei::app
