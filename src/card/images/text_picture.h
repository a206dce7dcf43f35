// A text as it is printed on the card: in lines of that many full-width characters, black on white.
#pragma once

#include <string_view>

#include "card/images/font.h"
#include "card/images/picture.h"

namespace shomei::card::images {

struct TextForm {
  std::size_t square = 0;  // pixels of a full-width character; digits are half as wide
  std::size_t characters_a_line = 0;
  std::size_t lines_max = 1;  // what is left of the text is not drawn
};

// `utf8` is well-formed; other bytes are passed over.
Picture draw_text(const Font& font, std::string_view utf8, const TextForm& form);

}  // namespace shomei::card::images
