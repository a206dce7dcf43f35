#include "services/metrics_service.h"

#include "services/problem.h"

namespace shomei::services {
namespace {

std::string print(const std::vector<Metric>& metrics) {
  std::string text;
  for (const auto& m : metrics) {
    text += "# HELP " + m.name + " " + m.help + "\n";
    text += "# TYPE " + m.name + (m.counter ? " counter\n" : " gauge\n");
    text += m.name + " " + std::to_string(m.value()) + "\n";
  }
  return text;
}

}  // namespace

http::Router metrics_routes(std::vector<Metric> metrics, std::function<std::string()> more) {
  http::Router router(problem_page);
  router.add("GET", "/metrics", [metrics = std::move(metrics), more = std::move(more)](const http::Request&) {
    return http::answer(200, "text/plain; version=0.0.4", to_bytes(print(metrics) + (more ? more() : "")));
  });
  return router;
}

}  // namespace shomei::services
