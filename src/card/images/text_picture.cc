#include "card/images/text_picture.h"

#include <algorithm>
#include <bit>
#include <vector>

namespace shomei::card::images {
namespace {

std::vector<char32_t> characters_of(std::string_view utf8) {
  std::vector<char32_t> characters;
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    const bool continues = (byte & 0xC0) == 0x80;
    if (continues && !characters.empty()) {
      characters.back() = characters.back() << 6 | (byte & 0x3F);
    } else if (!continues) {
      const int marks = std::countl_one(byte);
      characters.push_back(byte & (0xFFU >> (marks + 1)));
    }
  }
  return characters;
}

bool is_half_width(char32_t character) {
  return character < 0x80;
}

// Fonts make Latin letters a little wider than half a square: these are drawn smaller, on the same base line.
std::size_t draw_one(const Font& font, Picture& picture, char32_t character, std::size_t x, std::size_t line,
                     std::size_t square) {
  const bool half = is_half_width(character);
  const std::size_t smaller = half ? square / 6 : 0;
  font.draw(picture, character, x, line * square + smaller, square - smaller);
  return half ? square / 2 : square;
}

}  // namespace

Picture draw_text(const Font& font, std::string_view utf8, const TextForm& form) {
  const auto characters = characters_of(utf8);
  const std::size_t width_max = form.characters_a_line * form.square;
  std::vector<std::vector<char32_t>> lines(1);
  std::size_t x = 0;
  std::size_t width = 0;
  for (const auto character : characters) {
    const std::size_t step = is_half_width(character) ? form.square / 2 : form.square;
    if (x + step > width_max) {
      if (lines.size() == form.lines_max) break;
      lines.emplace_back();
      x = 0;
    }
    lines.back().push_back(character);
    x += step;
    width = std::max(width, x);
  }
  Picture picture = Picture::blank(std::max<std::size_t>(width, form.square), lines.size() * form.square);
  for (std::size_t line = 0; line < lines.size(); ++line) {
    x = 0;
    for (const auto character : lines[line]) x += draw_one(font, picture, character, x, line, form.square);
  }
  return picture;
}

}  // namespace shomei::card::images
