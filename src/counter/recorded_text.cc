#include "counter/recorded_text.h"

#include <string>

#include "base/shown_text.h"

namespace shomei::counter {
namespace {

bool is_line(std::string_view text, std::size_t bytes_max) {
  return !text.empty() && text.size() <= bytes_max && shown_line(text) == text;
}

bool vouches(std::string_view name) {
  return (" " + std::string(name) + " ").find(" via ") != std::string::npos;
}

}  // namespace

Result<void> check_officer_name(std::string_view name) {
  if (is_line(name, kOfficerNameBytesMax) && !vouches(name)) return {};
  return malformed("officer_name_form", {{"max", std::to_string(kOfficerNameBytesMax)}});
}

Result<void> check_cause(std::string_view cause) {
  if (is_line(cause, kCauseBytesMax)) return {};
  return malformed("cause_form", {{"max", std::to_string(kCauseBytesMax)}});
}

Result<void> check_ground(std::string_view ground) {
  if (is_line(ground, kGroundBytesMax)) return {};
  return malformed("ground_form", {{"max", std::to_string(kGroundBytesMax)}});
}

}  // namespace shomei::counter
