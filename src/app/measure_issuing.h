// Measures how many certificates the authority of a home issues in a second, by the whole way of
// counter/issue_online.h: proof of possession, facts, rules, lints, intent, signature, result, each durable
// in the journal and the store. Beside it, in the same run and on the same cores, how often the same key
// signs alone.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "counter/issue_online.h"
#include "counter/parts.h"

namespace shomei::app {

// Requests made beforehand, each for a resident of their own with a key of its own.
struct IssuingWork {
  std::vector<counter::CertificateRequest> requests;
};

struct IssuingMeasurement {
  std::uint64_t issued = 0;
  std::uint64_t failed = 0;
  std::string first_failure;     // its code
  double seconds = 0;            // by the clock on the wall
  double processor_seconds = 0;  // of this process, over all its threads
  double per_second = 0;
  double raw_per_second = 0;  // signatures alone, before and after, by as many threads as there are cores
  double raw_before = 0, raw_after = 0;
  std::uint64_t commits = 0;                              // of the journal
  double p50_ms = 0, p90_ms = 0, p99_ms = 0, max_ms = 0;  // of one issue, from its call to its answer
};

struct IssuingOptions {
  unsigned threads = 64;
  unsigned cores = 2;
  std::chrono::seconds raw_seconds{2};
};

// How one request is carried out: in this process, or by asking another.
using Issue = std::function<Result<void>(const counter::CertificateRequest&)>;

IssuingMeasurement measure_issuing(const counter::Parts& parts, const IssuingWork& work, const Issue& issue,
                                   const IssuingOptions& options);

// Puts `count` residents with cards into the register, spread at random among those who are there, and makes
// a request for each, for both kinds in turn. `progress` is told how many are ready.
Result<IssuingWork> prepare_issuing(const counter::Parts& parts, std::size_t count,
                                    crypto::KeyType subject_key,
                                    const std::function<void(std::size_t)>& progress);

}  // namespace shomei::app
