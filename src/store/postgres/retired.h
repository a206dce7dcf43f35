// The mark in the head of a store that was moved away (journal/rows.h, retire): marks of commits are random
// and shorter.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace shomei::store::postgres {

inline constexpr std::string_view kMovedTo = "this store was moved to ";

inline Bytes mark_of_retired(const std::string& place) {
  return to_bytes(std::string(kMovedTo) + place);
}
inline std::optional<std::string> place_of_retired(ByteView mark) {
  if (!starts_with(mark, view(kMovedTo))) return std::nullopt;
  return to_text(mark.subspan(kMovedTo.size()));
}

}  // namespace shomei::store::postgres
