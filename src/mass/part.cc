#include "mass/part.h"

#include <nlohmann/json.hpp>

namespace shomei::mass {
namespace {

using Json = nlohmann::json;

}  // namespace

std::string encode_part(const Part& part) {
  Json passed = Json::array();
  for (const auto& one : part.passed_over) passed.push_back({one.place, one.why});
  return Json{{"part", part.number},
              {"from", part.from},
              {"through", part.through},
              {"passed_over", std::move(passed)},
              {"worked_ms", part.worked.count()}}
      .dump();
}

Result<Part> parse_part(std::string_view json) {
  try {
    const auto document = Json::parse(json);
    Part part;
    part.number = document.at("part").get<std::uint64_t>();
    part.from = document.at("from").get<std::uint64_t>();
    part.through = document.at("through").get<std::uint64_t>();
    for (const auto& one : document.at("passed_over"))
      part.passed_over.push_back({one.at(0).get<std::uint64_t>(), one.at(1).get<std::string>()});
    part.worked = std::chrono::milliseconds(document.at("worked_ms").get<std::int64_t>());
    return part;
  } catch (const Json::exception&) {
    return internal("mass_record_broken", {{"what", "a part"}});
  }
}

}  // namespace shomei::mass
