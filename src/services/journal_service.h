// The journal as an outsider reads it (C2SP tlog-tiles): the same files that `shomei journal export` writes.
//   GET /checkpoint                                  text/plain, never cached
//   GET /tile/<level>/<index>[.p/<width>]            hashes, never changing
//   GET /tile/entries/<index>[.p/<width>]            the public entries, never changing
#pragma once

#include "http/router.h"
#include "journal/rows.h"

namespace shomei::services {

void add_journal_routes(http::Router& router, journal::Engine& engine);

}  // namespace shomei::services
