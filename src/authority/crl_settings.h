// How long revocation lists live, and how those of partitions are named.
#pragma once

#include <chrono>
#include <vector>

#include "authority/profile.h"

namespace shomei::authority {

struct CrlSettings {
  std::chrono::seconds validity = std::chrono::hours{24};
  // A list of all with more entries than `large` is not signed for every change: it waits `rest` for each of
  // its entries (a million: 500 s), so that no more than about 100 KB a second are written for it, and 50 for
  // its delta. The lists of partitions, which certificates name, never wait.
  std::size_t large = 10'000;
  std::chrono::microseconds rest{500};
};

// How the partitions are named, as in the certificates.
struct ListPlaces {
  Profile profile = {};
  std::vector<Municipality> municipalities = {};
};

}  // namespace shomei::authority
