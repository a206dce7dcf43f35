// The status service: OCSP (RFC 6960 appendix A: GET and POST), and beside it what crl_service.h and
// journal_service.h hand out.
//   POST /ocsp, GET /ocsp/<base64>       also at /, where some clients ask
#pragma once

#include <atomic>
#include <cstdint>

#include "http/router.h"
#include "journal/rows.h"
#include "status/follow.h"
#include "status/respond.h"

namespace shomei::services {

struct StatusCounters {
  std::atomic<std::uint64_t> ocsp_answers{0};
  std::atomic<std::uint64_t> ocsp_unsigned{0};  // tryLater, malformed, unauthorized
  std::atomic<std::uint64_t> crls{0};
};

// All outlive the router. Before each answer the follower is brought up to the journal's head, so that a
// revocation that was acknowledged is in the next answer.
struct StatusParts {
  status::Follower& follower;
  status::Responder& responder;
  journal::Engine& engine;
  const Clock& clock;
  StatusCounters& counters;
};

http::Router status_routes(StatusParts parts);

}  // namespace shomei::services
