// A number that a person typed.
#pragma once

#include <charconv>
#include <cstdint>
#include <string>

#include "base/result.h"

namespace shomei::app {

// Up to what the store counts to. malformed "number_form" {text}.
inline Result<std::uint64_t> parse_number(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 0)
    return malformed("number_form", {{"text", text}});
  return static_cast<std::uint64_t>(number);
}

}  // namespace shomei::app
