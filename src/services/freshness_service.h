// How new the answers of this node are.
//   GET /freshness       JSON: how long revocations took to show, and how far the node is behind the journal
// and the same for GET /metrics, in the text form that Prometheus reads.
#pragma once

#include <string>

#include "http/router.h"
#include "status/follow.h"
#include "status/freshness.h"
#include "status/status_list.h"

namespace shomei::services {

// All outlive who is given them.
struct FreshnessParts {
  const status::Freshness& freshness;
  const status::Follower& follower;
  const status::StatusList& list;
  const Clock& clock;
};

void add_freshness_route(http::Router& router, FreshnessParts parts);
std::string freshness_metrics(const FreshnessParts& parts);

}  // namespace shomei::services
