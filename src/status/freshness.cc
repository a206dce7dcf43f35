#include "status/freshness.h"

#include <algorithm>
#include <bit>

namespace shomei::status {
namespace {

using std::chrono::milliseconds;

constexpr std::uint64_t kStepsADoubling = 16;

milliseconds between(InstantMs from, InstantMs to) {
  return std::max(milliseconds{0}, to - from);  // a clock that was set back
}

}  // namespace

// 0 to 15 ms have a bin each; from there sixteen bins a doubling.
std::size_t Durations::bin_of(milliseconds duration) {
  const auto ms = static_cast<std::uint64_t>(std::max<std::int64_t>(0, duration.count()));
  if (ms < kStepsADoubling) return static_cast<std::size_t>(ms);
  const auto doublings = static_cast<int>(std::bit_width(ms)) - 5;
  const std::uint64_t step = (ms >> doublings) - kStepsADoubling;
  const std::uint64_t bin = kStepsADoubling * static_cast<std::uint64_t>(doublings + 1) + step;
  return static_cast<std::size_t>(std::min<std::uint64_t>(bin, kBins - 1));
}

milliseconds Durations::end_of(std::size_t bin) {
  if (bin < kStepsADoubling) return milliseconds(static_cast<std::int64_t>(bin));
  const std::uint64_t doublings = bin / kStepsADoubling - 1, step = bin % kStepsADoubling;
  return milliseconds(static_cast<std::int64_t>(((kStepsADoubling + step + 1) << doublings) - 1));
}

void Durations::add(milliseconds duration) {
  ++bins_[bin_of(duration)];
  ++count_;
  sum_ += duration;
  max_ = std::max(max_, duration);
}

milliseconds Durations::quantile(double share) const {
  const double wanted = share * static_cast<double>(count_);
  std::uint64_t seen = 0;
  for (std::size_t bin = 0; bin < kBins; ++bin) {
    seen += bins_[bin];
    if (seen > 0 && static_cast<double>(seen) >= wanted)
      return bin + 1 == kBins ? max_ : std::min(end_of(bin), max_);
  }
  return milliseconds{0};
}

std::uint64_t Durations::within(milliseconds duration) const {
  std::uint64_t seen = 0;
  for (std::size_t bin = 0; bin < kBins && end_of(bin) <= duration; ++bin) seen += bins_[bin];
  return seen;
}

void Freshness::shown(InstantMs recorded_at, InstantMs at) {
  const std::lock_guard lock(mutex_);
  report_.shown.add(between(recorded_at, at));
}

void Freshness::answered(InstantMs recorded_at, InstantMs at) {
  const std::lock_guard lock(mutex_);
  report_.answered.add(between(recorded_at, at));
}

void Freshness::never_answered() {
  const std::lock_guard lock(mutex_);
  ++report_.unanswered;
}

void Freshness::probed(bool came_back, InstantMs at) {
  const std::lock_guard lock(mutex_);
  ++report_.probes;
  if (came_back)
    report_.probed_at = at;
  else
    ++report_.probes_failed;
}

Freshness::Report Freshness::report() const {
  const std::lock_guard lock(mutex_);
  return report_;
}

}  // namespace shomei::status
