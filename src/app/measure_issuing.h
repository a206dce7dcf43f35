// Measures how many certificates the authority of a home issues in a second, by the whole way of
// counter/issue_online.h: proof of possession, facts, rules, lints, intent, signature, result, each durable
// in the journal and the store. Beside it, in the same run and on the same cores, how often the same key
// signs alone, and how often a request's key is verified with alone. The three take turns, round by round, so
// that a machine that others use too is as slow or as fast for each; what is compared is of one round.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/issuing_work.h"
#include "app/spread.h"

namespace shomei::app {

struct IssuingMeasurement {
  std::uint64_t issued = 0;
  std::uint64_t failed = 0;
  std::string first_failure;     // its code
  double seconds = 0;            // of issuing, by the clock on the wall
  double processor_seconds = 0;  // of this process while it issued, over all its threads
  std::uint64_t commits = 0;     // of the journal
  // Of the rounds. What signs and verifies alone does it on as many threads as there are cores.
  Spread per_second;
  Spread raw_per_second;       // signatures, before and after the round
  Spread verified_per_second;  // signatures of requests, likewise
  Spread bound_per_second;     // of a core that signs once and verifies once in turn, and does nothing else
  Spread of_raw;               // issues in a second through signatures in a second
  Spread of_bound;             // and through the bound
  std::vector<double> milliseconds;  // of each issue, from its call to its answer, the shortest first
  double p50_ms = 0, p90_ms = 0, p99_ms = 0, max_ms = 0;
};

struct IssuingOptions {
  unsigned threads = 64;
  unsigned cores = 2;
  unsigned rounds = 5;
  std::chrono::milliseconds raw_time{1000};    // of signing alone, between the rounds
  std::chrono::milliseconds verify_time{500};  // of verifying alone, likewise
};

// How one request is carried out, by number: in this process, or by asking another. Each thread has one of
// its own, made before the clock runs.
using Issue = std::function<Result<void>(std::size_t request)>;
using MakeIssue = std::function<Result<Issue>()>;

// What make_issue or the signer answer when they cannot; what fails while issuing is counted.
Result<IssuingMeasurement> measure_issuing(const counter::Parts& parts, const IssuingWork& work,
                                           const MakeIssue& make_issue, const IssuingOptions& options);

}  // namespace shomei::app
