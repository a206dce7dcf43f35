// What the authority tier shows: its certificates, for whoever wants to verify.
//   GET /authorities            JSON: names and links
//   GET /authorities/<name>.crt the certificate in DER; <name>.pem
//   and the journal (services/journal_service.h)
// and beside each the certificates that belong to it, where there are any: <name>-crl of its key for lists,
// and the links with the generation before, <name>-new-with-old and <name>-old-with-new (RFC 4210 4.4).
#pragma once

#include <functional>
#include <optional>

#include "http/router.h"
#include "journal/rows.h"

namespace shomei::services {

// The DER of a published certificate, by its name; none when there is no such. Asked for the names above
// alone.
using PublishedCertificate = std::function<std::optional<Bytes>(const std::string& name)>;

http::Router authority_routes(journal::Engine& engine, PublishedCertificate published = nullptr);

}  // namespace shomei::services
