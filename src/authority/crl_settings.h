// How long revocation lists live, and how those of partitions are named.
#pragma once

#include <chrono>
#include <vector>

#include "authority/profile.h"

namespace shomei::authority {

struct CrlSettings {
  std::chrono::seconds validity = std::chrono::hours{24};
};

// How the partitions are named, as in the certificates.
struct ListPlaces {
  Profile profile = {};
  std::vector<Municipality> municipalities = {};
};

}  // namespace shomei::authority
