// Measures how many acts decide() decides, on one core: random lives (rules/lives/) made beforehand, decided
// round and round. Nothing is subtracted from what is measured.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <vector>

#include "app/spread.h"
#include "rules/decide.h"

namespace shomei::app {

// A follow-up of a law change over a whole population has to fit into a coffee break.
inline constexpr int kDecisionsPerSecondLimit = 1'000'000;
inline constexpr int kMeasuredCases = 100'000;
inline constexpr int kBatchesOfARound = 4;  // a round: every case once

// Of each verb, how many cases were granted, refused, and not applicable.
using Mix = std::array<std::array<int, 3>, rules::kVerbs>;

// Nanoseconds of single decisions, the reading of the clock (`clock`, its median) included.
struct Latency {
  std::int64_t p50 = 0, p90 = 0, p99 = 0, p999 = 0, max = 0, clock = 0;
};

struct RulesMeasurement {
  std::int64_t decisions = 0;  // in the batches
  int batches = 0;
  Spread per_core_second;  // by the processor time of the thread: neighbours that take the core do not count
  Spread per_second;       // by the clock on the wall
  Latency latency;
  Mix mix{};
  std::uint64_t checksum = 0;  // of one decision of every case; the same for a seed and a rule set
  bool repeated = true;        // every later decision of a case was as the first
};

// At least a round, and then more until `seconds` have passed. `cases`: a multiple of kBatchesOfARound.
RulesMeasurement measure_rules(const rules::RuleSet& set, std::uint64_t seed, std::chrono::seconds seconds,
                               int cases = kMeasuredCases);

}  // namespace shomei::app
