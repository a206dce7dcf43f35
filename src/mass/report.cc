#include "mass/report.h"

#include <nlohmann/json.hpp>

#include <unordered_set>

namespace shomei::mass {
namespace {

using Json = nlohmann::json;

Json or_null(const std::optional<std::uint64_t>& number) {
  return number ? Json(*number) : Json(nullptr);
}
Json or_null(const std::optional<InstantMs>& at) {
  return at ? Json(format_jst(*at)) : Json(nullptr);
}

Json describe(const Standing& standing) {
  return {{"order", standing.order.id.text()},
          {"verb", name(standing.order.verb)},
          {"stage", name(standing.stage)},
          {"certificates", standing.order.found.certificates},
          {"through", standing.through},
          {"done", standing.done},
          {"parts", standing.parts},
          {"worked_ms", standing.worked.count()},
          {"first_sequence", or_null(standing.first_part)},
          {"last_sequence", or_null(standing.last_part)},
          {"begun_at", or_null(standing.begun_at)},
          {"ended_at", or_null(standing.ended_at)}};
}

}  // namespace

Result<Report> report_of(const Standing& standing, const FixedList& list, const Authorities& authorities) {
  Report report{.standing = standing};
  for (const auto& one : standing.passed_over) ++report.passed_over[one.why];
  std::unordered_set<std::int64_t> residents;  // by their marks
  auto passed = standing.passed_over.begin();
  std::uint64_t place = 0;
  const auto count = [&](const Line& line) {
    if (place == standing.through) return false;
    const bool is_passed = passed != standing.passed_over.end() && passed->place == place;
    if (is_passed) ++passed;
    ++place;
    if (is_passed) return true;
    ++report.by_municipality[line.municipality];
    ++report.by_authority[line.authority];
    const auto authority = authorities.find(line.authority);
    if (authority != authorities.end()) ++report.by_kind[std::string(pki::name(authority->second.kind))];
    if (!line.resident.empty()) residents.insert(journal::mark_of(line.resident));
    return true;
  };
  SHOMEI_CHECK(list.each(0, count));
  report.residents = residents.size();
  return report;
}

std::string encode_standing(const Standing& standing) {
  return describe(standing).dump();
}

std::string encode_report(const Report& report) {
  auto document = describe(report.standing);
  Json lists = Json::array();
  for (const auto& list : report.lists)
    lists.push_back(
        {{"name", list.name}, {"number", list.number}, {"this_update", format_jst(list.this_update)}});
  document["by_municipality"] = report.by_municipality;
  document["by_kind"] = report.by_kind;
  document["by_authority"] = report.by_authority;
  document["passed_over"] = report.passed_over;
  document["residents"] = report.residents;
  document["lists"] = std::move(lists);
  return document.dump();
}

}  // namespace shomei::mass
