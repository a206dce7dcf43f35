#include "home/clock.h"

namespace shomei::home {

using std::chrono::floor;
using std::chrono::milliseconds;
using std::chrono::system_clock;

InstantMs SystemClock::now_ms() const {
  return floor<milliseconds>(system_clock::now());
}

MovedClock::MovedClock(Instant start) : shift_(InstantMs{start} - SystemClock().now_ms()) {}

InstantMs MovedClock::now_ms() const {
  return SystemClock().now_ms() + shift_;
}

}  // namespace shomei::home
