// What the requests of counters have in common, read from JSON and written. Of this folder's .cc files alone,
// since the JSON library is slow to compile.
#pragma once

#include <string>
#include <string_view>

#include "counter/application.h"
#include "counter/parts.h"
#include "json/members.h"

namespace shomei::services {

// The value of a member that must be there, by the parser of its type.
template <class Parse>
auto read(shomei::json::Members& members, std::string_view member, Parse parse)
    -> decltype(parse(std::string_view())) {
  SHOMEI_TRY(const auto text, members.text(member));
  auto value = parse(std::string_view(text));
  if (!value) return std::move(value).error().with("member", members.full(member));
  return value;
}

Result<counter::Officer> read_officer(shomei::json::Members& members);
Result<counter::Application> read_application(shomei::json::Members& whole);

nlohmann::json encode_officer(const counter::Officer& officer);
nlohmann::json encode_application(const counter::Application& application);
std::string text_of(const nlohmann::json& object);

}  // namespace shomei::services
