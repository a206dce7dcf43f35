#include "register/json_members.h"

namespace shomei::residents {
namespace {

constexpr int kDepthMax = 8;

Error wrong_type(const std::string& member, std::string_view type) {
  return malformed("member_type", {{"member", member}, {"type", std::string(type)}});
}

}  // namespace

Result<nlohmann::json> parse_json_object(std::string_view text) {
  std::vector<std::set<std::string>> seen;
  std::string twice;
  bool too_deep = false;
  const auto watch = [&](int depth, nlohmann::json::parse_event_t event, nlohmann::json& parsed) {
    using Event = nlohmann::json::parse_event_t;
    if (depth > kDepthMax) too_deep = true;
    if (event == Event::object_start) seen.emplace_back();
    if (event == Event::object_end && !seen.empty()) seen.pop_back();
    if (event == Event::key && !seen.empty() && !seen.back().insert(parsed.get<std::string>()).second)
      twice = parsed.get<std::string>();
    return true;
  };
  try {
    auto json = nlohmann::json::parse(text.begin(), text.end(), watch);
    if (!twice.empty()) return malformed("json_member_twice", {{"member", twice}}, "RFC 8259 4");
    if (too_deep) return malformed("json_form", {{"what", "it is nested too deeply"}}, "RFC 8259");
    if (!json.is_object()) return malformed("json_form", {{"what", "it is not an object"}}, "RFC 8259");
    return json;
  } catch (const nlohmann::json::parse_error& e) {
    // The library's own words quote the text, which is about a person.
    return malformed("json_form", {{"what", "it goes wrong at byte " + std::to_string(e.byte)}}, "RFC 8259");
  } catch (const nlohmann::json::exception&) {
    return malformed("json_form", {{"what", "a number in it is out of range"}}, "RFC 8259");
  }
}

const nlohmann::json* JsonMembers::find(std::string_view member) {
  asked_.insert(std::string(member));
  const auto at = object_.find(std::string(member));
  return at == object_.end() || at->is_null() ? nullptr : &*at;
}

Result<std::optional<std::string>> JsonMembers::text_if(std::string_view member) {
  const auto* value = find(member);
  if (!value) return std::optional<std::string>{};
  if (!value->is_string()) return wrong_type(full(member), "text");
  return std::optional<std::string>{value->get<std::string>()};
}

Result<std::string> JsonMembers::text(std::string_view member) {
  SHOMEI_TRY(auto value, text_if(member));
  if (!value) return malformed("member_missing", {{"member", full(member)}});
  return *std::move(value);
}

Result<std::optional<Date>> JsonMembers::date_if(std::string_view member) {
  SHOMEI_TRY(const auto value, text_if(member));
  if (!value) return std::optional<Date>{};
  auto date = parse_date(*value);
  if (!date) return std::move(date).error().with("member", full(member));
  return std::optional<Date>{*date};
}

Result<Date> JsonMembers::date(std::string_view member) {
  SHOMEI_TRY(const auto value, date_if(member));
  if (!value) return malformed("member_missing", {{"member", full(member)}});
  return *value;
}

Result<bool> JsonMembers::flag(std::string_view member, bool absent) {
  const auto* value = find(member);
  if (!value) return absent;
  if (!value->is_boolean()) return wrong_type(full(member), "true or false");
  return value->get<bool>();
}

Result<const nlohmann::json*> JsonMembers::object_if(std::string_view member) {
  const auto* value = find(member);
  if (value && !value->is_object()) return wrong_type(full(member), "an object");
  return value;
}

Result<void> JsonMembers::expect_no_other() const {
  std::string known;
  for (const auto& member : asked_) known += (known.empty() ? "" : ", ") + member;
  for (const auto& [member, value] : object_.items())
    if (!asked_.contains(member))
      return malformed("member_unknown", {{"member", full(member)}, {"known", known}});
  return {};
}

}  // namespace shomei::residents
