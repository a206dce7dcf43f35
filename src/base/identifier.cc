#include "base/identifier.h"

#include <algorithm>

namespace shomei {

bool is_identifier(std::string_view text) {
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return text.size() >= 8 && text.size() <= 64 && std::ranges::all_of(text, allowed);
}

}  // namespace shomei
