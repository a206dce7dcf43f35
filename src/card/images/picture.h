// Pictures in memory: a byte a pixel, row after row from the top, 0 black to 255 white.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"

namespace shomei::card::images {

inline constexpr std::uint8_t kBlack = 0;
inline constexpr std::uint8_t kWhite = 255;

struct Picture {
  std::size_t width = 0;   // pixels
  std::size_t height = 0;  // pixels
  Bytes pixels;

  static Picture blank(std::size_t width, std::size_t height) {
    return {width, height, Bytes(width * height, kWhite)};
  }
  std::uint8_t& at(std::size_t x, std::size_t y) { return pixels[y * width + x]; }
  std::uint8_t at(std::size_t x, std::size_t y) const { return pixels[y * width + x]; }
};

}  // namespace shomei::card::images
