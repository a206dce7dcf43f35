// A clock that somebody sets while acts are made: the machine's, and at every so many readings some other
// shift, back or forward, by the seed.
#pragma once

#include <array>
#include <atomic>
#include <mutex>
#include <random>

#include "home/clock.h"

namespace shomei::test {

class SteppingClock final : public Clock {
 public:
  explicit SteppingClock(std::uint64_t seed) : random_(seed) {}

  InstantMs now_ms() const override {
    const std::lock_guard lock(mutex_);
    if (random_() % kReadingsBetween == 0) shift_ = kShifts[random_() % kShifts.size()];
    return machine_.now_ms() + shift_;
  }

 private:
  static constexpr unsigned kReadingsBetween = 12;
  static constexpr std::array<std::chrono::milliseconds, 7> kShifts{
      std::chrono::milliseconds(0), std::chrono::milliseconds(-1), std::chrono::seconds(-40),
      std::chrono::hours(-2),       std::chrono::hours(-24 * 20),  std::chrono::minutes(10),
      std::chrono::hours(24 * 20)};
  home::SystemClock machine_;
  mutable std::mutex mutex_;
  mutable std::mt19937_64 random_;
  mutable std::chrono::milliseconds shift_{0};
};

}  // namespace shomei::test
