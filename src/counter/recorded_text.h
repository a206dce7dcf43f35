// What a person types and the journal keeps for ever: one line that every reader can show. Checked where it
// comes in, at the command line (app/) and from a counter elsewhere (services/acts/).
#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.h"

namespace shomei::counter {

inline constexpr std::size_t kOfficerNameBytesMax = 100;
inline constexpr std::size_t kCauseBytesMax = 200;
inline constexpr std::size_t kGroundBytesMax = 200;

// Each is at least one byte of UTF-8 with nothing in it that base/shown_text.h would take out.

// malformed "officer_name_form" {max}: for the word "via" too, behind which the journal has what the system
// or a certificate says of a counter.
Result<void> check_officer_name(std::string_view name);
Result<void> check_cause(std::string_view cause);    // malformed "cause_form" {max}
Result<void> check_ground(std::string_view ground);  // malformed "ground_form" {max}

}  // namespace shomei::counter
