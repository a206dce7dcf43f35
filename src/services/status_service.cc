#include "services/status_service.h"

#include "services/crl_service.h"
#include "services/journal_service.h"
#include "services/problem.h"

namespace shomei::services {

http::Router status_routes(const StatusParts& parts) {
  http::Router router(problem_page);
  add_ocsp_routes(router, parts.ocsp);
  add_freshness_route(router, parts.freshness);
  add_crl_routes(router, {parts.engine, parts.ocsp.clock, parts.ocsp.counters.crls});
  add_journal_routes(router, parts.engine);
  return router;
}

}  // namespace shomei::services
