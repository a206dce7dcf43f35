// Measures how long revocation lists take from the revoked in memory to signed bytes that can be handed out,
// and how much memory: a whole list, a delta list, and that of one partition which has changed. The revoked
// are synthetic and random; lists, structures and signatures are those of the authority.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/spread.h"
#include "base/result.h"
#include "crypto/algorithm.h"

namespace shomei::app {

struct ListsWanted {
  std::uint64_t entries = 0;     // on the whole list
  std::uint64_t partitions = 1;  // over which they are spread
  std::uint64_t changes = 0;     // of a delta list
  std::uint64_t runs = 1;
  crypto::KeyType key = crypto::KeyType::rsa_2048;
  // Whether all were revoked one by one in random order, as in a mass act; else read in order, as at a start.
  bool scattered = false;
  std::filesystem::path out;  // where the last lists and their authority's certificate go; empty: nowhere
};

struct ListMeasurement {
  std::string what;  // "whole", "delta", "partition"
  std::uint64_t entries = 0;
  std::uint64_t bytes = 0;  // of the DER
  Spread seconds;           // by the clock, until it is signed and read again
  Spread core_seconds;      // of the processor, for the same
  Spread peak_bytes;        // of memory beyond what was there before, the DER within it
  Spread store_seconds;     // of its digest and its commit to a store in a file
};

struct ListsMeasurement {
  double bytes_per_entry = 0;  // in memory, of the revoked with everything that follows the journal for lists
  double take_in_seconds = 0;  // until all were there
  std::vector<ListMeasurement> lists;
};

// What files and stores say.
Result<ListsMeasurement> measure_lists(const ListsWanted& wanted);

}  // namespace shomei::app
