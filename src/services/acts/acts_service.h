// The acts of the authority for counters that are elsewhere (docs/formats/acts.md):
//   POST /acts/decide, /acts/issue, /acts/confirm, /acts/revoke, /acts/suspend, /acts/restore,
//   /acts/block-key, and those of card_routes.h
// JSON in and out; errors are problem documents with their parameters. Whoever can connect may act: the
// listener lets in whom it knows (http/server.h), and the journal records by what it knew them.
#pragma once

#include <functional>

#include "counter/parts.h"
#include "http/router.h"

namespace shomei::services {

// `parts` are used by several threads at once, `log` is told of internal errors, by their codes; what both
// refer to outlives the router.
// `issuers` issue at a time (counter/shared_issuing.h).
void add_acts_routes(http::Router& router, const counter::Parts& parts, unsigned issuers,
                     std::function<void(std::string_view)> log);

}  // namespace shomei::services
