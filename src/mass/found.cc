#include "mass/found.h"

#include <nlohmann/json.hpp>

namespace shomei::mass {
namespace {

using Json = nlohmann::json;

Error broken() {
  return internal("mass_record_broken", {{"what", "what was found"}});
}

Json describe_line(const Line& line) {
  return {{"authority", line.authority},
          {"serial", line.serial.hex()},
          {"municipality", line.municipality},
          {"last_day", format_date(line.last_day)}};
}

Result<Line> parse_line(const Json& json) {
  Line line;
  line.authority = json.at("authority").get<std::string>();
  SHOMEI_TRY(line.serial, pki::SerialNumber::parse_hex(json.at("serial").get_ref<const std::string&>()));
  line.municipality = json.at("municipality").get<std::string>();
  SHOMEI_TRY(line.last_day, parse_date(json.at("last_day").get_ref<const std::string&>()));
  return line;
}

Result<Found> read(const Json& json) {
  Found found;
  found.certificates = json.at("certificates").get<std::uint64_t>();
  found.residents = json.at("residents").get<std::uint64_t>();
  found.by_municipality = json.at("by_municipality").get<Counts>();
  found.by_kind = json.at("by_kind").get<Counts>();
  found.by_authority = json.at("by_authority").get<Counts>();
  found.passed_over = json.at("passed_over").get<Counts>();
  for (const auto& [kind, day] : json.at("last_days").items()) {
    SHOMEI_TRY(found.last_days[kind], parse_date(day.get_ref<const std::string&>()));
  }
  for (const auto& one : json.at("sample")) {
    SHOMEI_TRY(auto line, parse_line(one));
    found.sample.push_back(std::move(line));
  }
  return found;
}

}  // namespace

std::string encode_found(const Found& found) {
  Json days = Json::object(), sample = Json::array();
  for (const auto& [kind, day] : found.last_days) days[kind] = format_date(day);
  for (const auto& line : found.sample) sample.push_back(describe_line(line));
  return Json{{"certificates", found.certificates},
              {"residents", found.residents},
              {"by_municipality", found.by_municipality},
              {"by_kind", found.by_kind},
              {"by_authority", found.by_authority},
              {"passed_over", found.passed_over},
              {"last_days", std::move(days)},
              {"sample", std::move(sample)}}
      .dump();
}

Result<Found> parse_found(std::string_view json) {
  try {
    auto found = read(Json::parse(json));
    return found ? std::move(found) : broken();
  } catch (const Json::exception&) {
    return broken();
  }
}

}  // namespace shomei::mass
