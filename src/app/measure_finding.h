// Measures how long the questions take that commands and services ask of a store: finding by serial number,
// by resident, by office, and listing. Each is asked as they ask it, in a reading transaction of its own,
// about something else at random every time: what is there, and what is not.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "home/home.h"

namespace shomei::app {

inline constexpr double kFindingLimitMs = 10;  // of the 99th percentile
inline constexpr std::size_t kPageOfOffice = 50, kPageOfResidents = 100;

struct Found {
  std::string what;  // "certificate_by_serial", …
  bool there = true;
  std::uint64_t asked = 0;
  std::uint64_t wrong = 0;  // found what is not there, or not what is
  double p50_ms = 0, p99_ms = 0, max_ms = 0;
};

struct FindingMeasurement {
  std::uint64_t entries = 0;  // of the journal
  std::vector<Found> questions;
};

// `count` of each question. The names of what is there come from entries of the journal at random; they are
// gathered first, by ways that touch neither the indexes nor, for serial numbers, the rows that are asked for
// then. not_found "bench_nothing_issued" where the journal has no certificate.
Result<FindingMeasurement> measure_finding(const home::Home& home, std::size_t count);

}  // namespace shomei::app
