// Pace: how many certificates go into one commit. The writer's turn is held for as long as a commit takes,
// and everybody else who writes waits for it: so a commit should take about 20 ms, which an issue with its
// two commits hardly notices, and no shorter, because each has a checkpoint to sign and a disk to wait for.
// Machines and stores differ by a hundred, so the number is found by measuring.
#pragma once

#include <chrono>
#include <cstdint>

namespace shomei::mass {

class Pace {
 public:
  static constexpr std::chrono::milliseconds kAim{20};
  static constexpr std::uint64_t kLeast = 20;
  static constexpr std::uint64_t kMost = 5'000;  // what has moved on of so many fits into the entry
  // Between two turns whoever waits gets one: the SQLite store is looked at again after a millisecond.
  static constexpr std::chrono::milliseconds kPause{2};

  std::uint64_t next() const { return next_; }
  // What the turn took that was about so many.
  void took(std::chrono::steady_clock::duration time, std::uint64_t count);

 private:
  std::uint64_t next_ = 200;
};

}  // namespace shomei::mass
