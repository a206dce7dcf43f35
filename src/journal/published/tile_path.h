// The names of tiles and entry bundles (C2SP tlog-tiles): "tile/<level>/<index>[.p/<width>]" and
// "tile/entries/<index>[.p/<width>]", the index in groups of three digits of which all but the last begin
// with x: 1234067 is "x001/x234/067". A name has exactly one form. Pure.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace shomei::journal {

inline constexpr std::string_view kCheckpointPath = "checkpoint";
inline constexpr unsigned kTileWidth = 256;  // hashes of a full tile, entries of a full bundle

enum class TileKind { hashes, entries };

struct TilePath {
  TileKind kind = TileKind::hashes;
  unsigned level = 0;  // 0 to 63; 0 of entries
  std::uint64_t index = 0;
  unsigned width = kTileWidth;  // 1 to 256
  bool full() const { return width == kTileWidth; }
  auto operator<=>(const TilePath&) const = default;
};

std::string encode_tile_path(const TilePath& path);
Result<TilePath> parse_tile_path(std::string_view text);  // malformed "tile_path_form"

// How many hashes (entries) a tree of `size` leaves has at that place: 0 where it has none.
unsigned width_at(std::uint64_t size, unsigned level, std::uint64_t index);

}  // namespace shomei::journal
