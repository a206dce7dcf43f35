// Chance: a stream of random choices that a seed decides, the same on every machine (splitmix64; the
// distributions of <random> differ between libraries).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/calendar.h"

namespace shomei::rules {

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }

  // 0 to n - 1.
  int below(int n) {
    return static_cast<int>(((next() >> 32) * static_cast<std::uint64_t>(static_cast<unsigned>(n))) >> 32);
  }
  int between(int first, int last) { return first + below(last - first + 1); }
  bool percent(int p) { return below(100) < p; }
  Date day_between(Date first, Date last) {
    const std::chrono::sys_days from{first};
    return Date{from +
                std::chrono::days{below(static_cast<int>((std::chrono::sys_days{last} - from).count()) + 1)}};
  }

  template <class T, std::size_t N>
  T pick(const std::array<T, N>& among) {
    return among[static_cast<std::size_t>(below(static_cast<int>(N)))];
  }
  template <class First, class... More>
  First one_of(First first, More... more) {
    return pick(std::array<First, sizeof...(More) + 1>{first, static_cast<First>(more)...});
  }
  // An enumerator; `count` of them from 0.
  template <class E>
  E any(int count) {
    return static_cast<E>(below(count));
  }

 private:
  std::uint64_t state_;
};

}  // namespace shomei::rules
