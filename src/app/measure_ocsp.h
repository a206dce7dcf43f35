// Measures the status service over synthetic states: a server in a process of its own, on one core, as
// `serve` runs it, and the load from another; every figure beside what the same core signs in the same run.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/ocsp_load.h"
#include "app/spread.h"
#include "crypto/algorithm.h"

namespace shomei::app {

struct OcspWish {
  crypto::KeyType key = crypto::KeyType::rsa_2048;
  std::uint64_t certificates = 1'000;
  std::uint64_t hot = 1'000;  // how many different ones are asked about where answers are given again
  unsigned connections = 32;
  std::chrono::milliseconds time{3'000};  // of each measurement
  unsigned runs = 3;
  std::filesystem::path folder;                     // where the snapshot is written
  std::function<void(std::string_view)> told = {};  // what it is at
};

struct OcspPhase {
  std::string name;          // "reused", "reused_hot", "signed", "signed_uniform"
  Spread per_second;         // answers by the clock
  Spread per_server_second;  // answers for a second of the server's processor
  Spread of_raw;  // of signed ones: beside raw signatures just before, both for a second of processor
  Spread p50_us, p99_us;
};

struct OcspFound {
  std::uint64_t certificates = 0, revoked = 0;
  double bytes_per_certificate = 0;  // of the tables, as they lie in the snapshot
  double make_seconds = 0, write_seconds = 0;
  double start_seconds = 0;  // from the snapshot to the first answer
  std::uint64_t server_memory_bytes = 0;
  Spread raw_per_second;  // of the processor
  std::vector<OcspPhase> phases;
  std::uint64_t looked_at = 0, wrong = 0;  // answers that were compared with what is true
};

// Ends with the first error; leaves no process and no file.
Result<OcspFound> measure_ocsp(const OcspWish& wish);

}  // namespace shomei::app
