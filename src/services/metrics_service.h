// GET /metrics: counters in the text form that Prometheus reads.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "http/router.h"

namespace shomei::services {

struct Metric {
  std::string name;
  std::string help;
  std::function<double()> value;
  bool counter = false;  // else a gauge
};

// `more` is lines of the same form, behind the metrics.
http::Router metrics_routes(std::vector<Metric> metrics, std::function<std::string()> more = {});

}  // namespace shomei::services
