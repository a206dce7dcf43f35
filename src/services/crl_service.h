// The published revocation lists, as they stand in the store: of all certificates, of a municipality's, and
// the delta lists of both. ".crl" is DER, ".pem" the same in PEM.
//   GET /crl/<authority>.crl             /crl/<authority>/delta.crl
//   GET /crl/<authority>/<code>.crl      /crl/<authority>/<code>/delta.crl
// Conditional requests and requests for one part are answered (RFC 9110 sections 13 and 14).
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
