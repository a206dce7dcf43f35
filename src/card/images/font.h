// A font with Japanese glyphs, from a package of the system: none is carried along. Draws black on white
// without shades, as the one-bit pictures of a card want. Not for several threads at once.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "card/images/picture.h"

namespace shomei::card::images {

class Font {
 public:
  // The first of known_paths() that can be opened. not_found "font_missing" {package}.
  static Result<Font> find();
  // unavailable "font_unusable" {path}.
  static Result<Font> open(const std::string& path);
  static std::span<const std::string_view> known_paths();

  // One character in a square of that many pixels, its left upper corner at x, y; what lies outside the
  // picture is cut off. A character that the font has not is drawn as 〓, as registers print it. Returns how
  // far the next one is to the right.
  std::size_t draw(Picture& picture, char32_t character, std::size_t x, std::size_t y,
                   std::size_t square) const;

 private:
  struct Face;
  explicit Font(std::shared_ptr<Face> face) : face_(std::move(face)) {}
  std::shared_ptr<Face> face_;
};

}  // namespace shomei::card::images
