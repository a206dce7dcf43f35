// The tree as tiles of C2SP tlog-tiles: tile (level, index) holds the hashes of up to 256 complete subtrees
// of 256^level leaves each, from subtree 256 * index on. A tile at the tree's right edge is partial and
// grows.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "journal/tree.h"

namespace shomei::journal {

inline constexpr std::size_t kTileHashes = 256;

// The hashes of a tile, 32 bytes each: at least as many as a tree of the size that is asked about has there.
using TileReader = std::function<Result<Bytes>(unsigned level, std::uint64_t index)>;

// Of the nodes that lie in tiles, level 8 * L + k: a subtree of 2^k hashes of a tile of level L. internal
// "journal_tile_short" when the tile has not as many. Keeps the last tile of each level.
NodeReader nodes_of(TileReader tiles);

// How many hashes the tile at the right edge of a tree of that size has: 0 when the edge is between tiles.
inline std::size_t edge_width(std::uint64_t size, unsigned level) {
  return level >= 8 ? 0 : static_cast<std::size_t>((size >> (8 * level)) % kTileHashes);
}

// The right edge of a growing tree: what the next leaf changes and the root is made of. A value.
class TreeEdge {
 public:
  TreeEdge() = default;
  static Result<TreeEdge> load(std::uint64_t size, const TileReader& tiles);

  void add(const Sha256& leaf);
  std::uint64_t size() const { return hasher_.size(); }
  Sha256 root() const { return hasher_.root(); }

  struct Tile {
    unsigned level;
    std::uint64_t index;
    Bytes hashes;
  };
  // What has changed since it was asked last, full ones before the partial one of the same level.
  std::vector<Tile> take_changes();

 private:
  struct Level {
    Bytes partial;  // hashes at the edge
    bool changed = false;
  };
  void add_at(unsigned level, const Sha256& hash);
  TreeHasher hasher_;
  std::vector<Level> levels_;
  std::vector<Tile> full_;  // completed since take_changes()
};

}  // namespace shomei::journal
