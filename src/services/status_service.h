// The status service beside its OCSP answers from memory (ocsp_answers.h): everything that it hands out, as
// routes. What those leave, and who asks over TLS, comes here.
//   POST /ocsp, GET /ocsp/<base64>       ocsp_service.h
//   GET /crl/...                         crl_service.h
//   GET /freshness                       freshness_service.h
//   GET /checkpoint, /tile/...           journal_service.h
#pragma once

#include "http/router.h"
#include "journal/rows.h"
#include "services/freshness_service.h"
#include "services/ocsp_service.h"

namespace shomei::services {

// All outlive the router.
struct StatusParts {
  OcspParts ocsp;
  FreshnessParts freshness;
  journal::Engine& engine;
};

http::Router status_routes(const StatusParts& parts);

}  // namespace shomei::services
