// The clocks of a home: the system's, and one that starts at a chosen instant and goes on from there.
#pragma once

#include "base/calendar.h"

namespace shomei::home {

class SystemClock final : public Clock {
 public:
  InstantMs now_ms() const override;
};

class MovedClock final : public Clock {
 public:
  explicit MovedClock(Instant start);
  InstantMs now_ms() const override;

 private:
  std::chrono::milliseconds shift_;
};

}  // namespace shomei::home
