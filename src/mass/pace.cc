#include "mass/pace.h"

#include <algorithm>

namespace shomei::mass {

void Pace::took(std::chrono::steady_clock::duration time, std::uint64_t count) {
  if (count < next_) return;  // the rest of a list says nothing about a whole one
  const double ratio = std::chrono::duration<double>(kAim) /
                       std::max<std::chrono::duration<double>>(time, std::chrono::microseconds(100));
  // One slow commit is a disk that was busy: half as many at the least, twice as many at the most.
  const double wanted = static_cast<double>(next_) * std::clamp(ratio, 0.5, 2.0);
  next_ = std::clamp(static_cast<std::uint64_t>(wanted), kLeast, kMost);
}

}  // namespace shomei::mass
