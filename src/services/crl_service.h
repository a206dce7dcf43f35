// The published revocation lists, as they stand in the store.
//   GET /crl/<authority>.crl             DER; /crl/<authority>.pem
#pragma once

#include <atomic>
#include <cstdint>

#include "base/calendar.h"
#include "http/router.h"
#include "journal/rows.h"

namespace shomei::services {

// All outlive the router.
struct CrlParts {
  journal::Engine& engine;
  const Clock& clock;
  std::atomic<std::uint64_t>& downloads;
};

void add_crl_routes(http::Router& router, CrlParts parts);

}  // namespace shomei::services
