// POST /acts/card/open, /errand, /answers, /blank: a counter's terminal carries between a card and its issuer
// (docs/formats/acts.md, *Cards*).
#pragma once

#include <functional>

#include "counter/parts.h"
#include "http/router.h"

namespace shomei::services {

// As add_acts_routes, which adds these too.
void add_card_routes(http::Router& router, const counter::Parts& parts,
                     std::function<void(std::string_view)> log);

}  // namespace shomei::services
