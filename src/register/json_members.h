// JsonMembers: reads a JSON object member by member, strictly: every member must be known, come once and be
// of its type. Included by .cc files alone, since the JSON library is slow to compile.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/calendar.h"
#include "base/result.h"

namespace shomei::residents {

// One JSON object. malformed "json_form" {what}, "json_member_twice" {member}.
Result<nlohmann::json> parse_json_object(std::string_view text);

class JsonMembers {
 public:
  // `prefix` names the object in errors: "card." for the members of "card".
  explicit JsonMembers(const nlohmann::json& object, std::string prefix = "")
      : object_(object), prefix_(std::move(prefix)) {}

  // Missing or null: malformed "member_missing" / none. Wrong type: malformed "member_type" {member, type}.
  Result<std::string> text(std::string_view member);
  Result<std::optional<std::string>> text_if(std::string_view member);
  Result<Date> date(std::string_view member);
  Result<std::optional<Date>> date_if(std::string_view member);
  Result<bool> flag(std::string_view member, bool absent);
  Result<const nlohmann::json*> object_if(std::string_view member);
  // After all were asked for: malformed "member_unknown" {member, known}.
  Result<void> expect_no_other() const;

 private:
  const nlohmann::json* find(std::string_view member);
  std::string full(std::string_view member) const { return prefix_ + std::string(member); }
  const nlohmann::json& object_;
  std::string prefix_;
  std::set<std::string, std::less<>> asked_;
};

}  // namespace shomei::residents
