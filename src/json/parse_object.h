// Foreign text becomes one JSON object (RFC 8259), of bounded size and depth, in which each member comes
// once. Included by .cc files alone, since the JSON library is slow to compile.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/result.h"

namespace shomei::json {

inline constexpr std::size_t kDepthMax = 8;

// malformed "json_too_large" {max}, "json_form" {what}, "json_member_twice" {member}. None quotes the text,
// which may be about a person, beyond the names of members.
Result<nlohmann::json> parse_object(std::string_view text, std::size_t bytes_max);

// "certificates[1]" and "state": "certificates[1].state", fit for a sentence.
std::string member_path(const std::string& path, std::string_view member);

}  // namespace shomei::json
