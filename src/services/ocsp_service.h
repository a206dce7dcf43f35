// OCSP over HTTP (RFC 6960 appendix A, RFC 5019): what a question in HTTP asks, and the answer in HTTP.
//   POST /ocsp, GET /ocsp/<base64>       also at /, where some clients ask
#pragma once

#include <atomic>
#include <cstdint>

#include "http/router.h"
#include "status/respond.h"

namespace shomei::services {

inline constexpr std::string_view kOcspPath = "/ocsp";
inline constexpr std::string_view kOcspRequestType = "application/ocsp-request";
inline constexpr std::string_view kOcspResponseType = "application/ocsp-response";

struct StatusCounters {
  std::atomic<std::uint64_t> ocsp_answers{0};
  std::atomic<std::uint64_t> ocsp_repeated{0};  // of them, those that were signed for an earlier question
  std::atomic<std::uint64_t> ocsp_unsigned{0};  // tryLater, malformed, unauthorized
  std::atomic<std::uint64_t> crls{0};
};

// All outlive who is given them.
struct OcspParts {
  status::Responder& responder;
  const Clock& clock;
  StatusCounters& counters;
};

void add_ocsp_routes(http::Router& router, OcspParts parts);

// What cannot be decoded is a request too, of no bytes: it is answered malformedRequest, in OCSP's own words.
Bytes decoded_or_nothing(std::string_view path);

}  // namespace shomei::services
