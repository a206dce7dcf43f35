// Freshness: how long revocations take from the journal to the answers. Two ways are timed: until the list
// shows one, so that every answer from then on does; and, of those that a probe asks for through the front
// door, until an answer that says so has come back. Times begin with the entry's recorded_at, so they hold
// the commit, and between two machines the difference of their clocks. What was recorded before this node had
// caught up for the first time is not counted: it was not there to see it. Safe from several threads.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

#include "base/calendar.h"

namespace shomei::status {

// Counts of durations in bins whose widths are a sixteenth of where they begin, and never under a
// millisecond.
class Durations {
 public:
  void add(std::chrono::milliseconds duration);
  std::uint64_t count() const { return count_; }
  std::chrono::milliseconds sum() const { return sum_; }
  std::chrono::milliseconds max() const { return max_; }
  // The upper end of the bin in which that share of all lies; zero of none.
  std::chrono::milliseconds quantile(double share) const;
  // How many took no longer than that, to within their bin.
  std::uint64_t within(std::chrono::milliseconds duration) const;

 private:
  static constexpr std::size_t kBins = 416;  // to over six days; longer ones are in the last
  static std::size_t bin_of(std::chrono::milliseconds duration);
  static std::chrono::milliseconds end_of(std::size_t bin);
  std::array<std::uint64_t, kBins> bins_{};
  std::uint64_t count_ = 0;
  std::chrono::milliseconds sum_{}, max_{};
};

class Freshness {
 public:
  struct Report {
    Durations shown;               // until the list had it
    Durations answered;            // until an answer had it
    std::uint64_t unanswered = 0;  // asked for in vain
    std::uint64_t probes = 0, probes_failed = 0;
    std::optional<InstantMs> probed_at;  // the last that came back
  };

  void shown(InstantMs recorded_at, InstantMs at);
  void answered(InstantMs recorded_at, InstantMs at);
  void never_answered();
  void probed(bool came_back, InstantMs at);
  Report report() const;

 private:
  mutable std::mutex mutex_;
  Report report_;
};

}  // namespace shomei::status
