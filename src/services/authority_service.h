// What the authority tier shows: its certificates, for whoever wants to verify.
//   GET /authorities            JSON: names and links
//   GET /authorities/<name>.crt the certificate in DER; <name>.pem
//   and the journal (services/journal_service.h)
#pragma once

#include "http/router.h"
#include "journal/rows.h"

namespace shomei::services {

http::Router authority_routes(journal::Engine& engine);

}  // namespace shomei::services
