#include "card/images/figure.h"

namespace shomei::card::images {
namespace {

constexpr std::size_t kWidth = 180;
constexpr std::size_t kHeight = 240;
constexpr std::uint8_t kBackground = 216;
constexpr std::uint8_t kFigure = 120;
constexpr std::size_t kWordSquare = 64;
constexpr std::u32string_view kWord = U"見本";

struct Ellipse {
  long x, y;  // centre
  long across, down;

  bool holds(long at_x, long at_y) const {
    const long dx = (at_x - x) * down;
    const long dy = (at_y - y) * across;
    return dx * dx + dy * dy <= across * down * across * down;
  }
};

constexpr Ellipse kHead{90, 92, 40, 52};
constexpr Ellipse kShoulders{90, 240, 78, 82};

}  // namespace

Picture draw_figure(const Font& font) {
  Picture picture{kWidth, kHeight, Bytes(kWidth * kHeight, kBackground)};
  for (std::size_t y = 0; y < kHeight; ++y)
    for (std::size_t x = 0; x < kWidth; ++x)
      if (kHead.holds(static_cast<long>(x), static_cast<long>(y)) ||
          kShoulders.holds(static_cast<long>(x), static_cast<long>(y)))
        picture.at(x, y) = kFigure;
  std::size_t x = (kWidth - kWord.size() * kWordSquare) / 2;
  for (const auto character : kWord) x += font.draw(picture, character, x, kHeight - 92, kWordSquare);
  return picture;
}

}  // namespace shomei::card::images
