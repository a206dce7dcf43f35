// The characters that a certificate can hold: JIS X 0208 (levels 1 and 2) and JIS X 0212 (the supplement).
// Any other is replaced by a substitute character, and a string of flags says where (jpki-facts 2.4).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace shomei::pki {

// One character as a reader sees it: a code point, with the variation selector that may follow it.
struct Character {
  char32_t code_point = 0;
  bool variant = false;  // a variation selector followed: JIS has no such form
};

// malformed "text_not_utf8".
Result<std::vector<Character>> characters(std::string_view utf8);
std::string to_utf8(char32_t code_point);

bool in_jis(char32_t code_point);

struct Substituted {
  std::string text;
  std::string flags;  // one '0' or '1' a character, '1' where the substitute stands
};
Result<Substituted> substitute(std::string_view utf8, char32_t substitute_character);

// 0-9, '-' and ' ' as their full-width forms, as addresses in certificates are written.
std::string to_full_width(std::string_view utf8);

}  // namespace shomei::pki
