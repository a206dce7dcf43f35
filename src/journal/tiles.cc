#include "journal/tiles.h"

#include <algorithm>
#include <bit>
#include <map>
#include <memory>

#include "base/check.h"

namespace shomei::journal {
namespace {

constexpr std::size_t kHashBytes = 32;
constexpr unsigned kTileHeight = 8;
constexpr unsigned kLevels = 8;  // of tiles: 2^64 leaves

Sha256 hash_at(ByteView hashes, std::size_t place) {
  Sha256 hash;
  std::ranges::copy(hashes.subspan(place * kHashBytes, kHashBytes), hash.begin());
  return hash;
}

// Of a power of two of hashes, from `first` on.
Sha256 subtree(ByteView hashes, std::size_t first, std::size_t count) {
  if (count == 1) return hash_at(hashes, first);
  return node_hash(subtree(hashes, first, count / 2), subtree(hashes, first + count / 2, count / 2));
}

// Of the tile at the right edge of a tree of that size.
std::uint64_t edge_index(std::uint64_t size, unsigned level) {
  return level + 1 >= kLevels ? 0 : size >> (kTileHeight * (level + 1));
}

Error short_tile(unsigned level, std::uint64_t index) {
  return internal("journal_tile_short", {{"level", std::to_string(level)}, {"index", std::to_string(index)}});
}

struct LastTile {
  std::uint64_t index = 0;
  Bytes hashes;
};

}  // namespace

NodeReader nodes_of(TileReader tiles) {
  auto last = std::make_shared<std::map<unsigned, LastTile>>();
  return [tiles = std::move(tiles), last](unsigned level, std::uint64_t index) -> Result<Sha256> {
    const unsigned tile_level = level / kTileHeight;
    const std::size_t count = std::size_t{1} << (level % kTileHeight);
    const std::uint64_t first = index * count;  // among the hashes of its level
    LastTile& tile = (*last)[tile_level];
    const std::size_t place = first % kTileHashes;
    if (tile.index != first / kTileHashes || tile.hashes.size() < (place + count) * kHashBytes) {
      SHOMEI_TRY(tile.hashes, tiles(tile_level, first / kTileHashes));
      tile.index = first / kTileHashes;
    }
    if (tile.hashes.size() < (place + count) * kHashBytes) return short_tile(tile_level, tile.index);
    return subtree(tile.hashes, place, count);
  };
}

Result<TreeEdge> TreeEdge::load(std::uint64_t size, const TileReader& tiles) {
  TreeEdge edge;
  std::vector<Sha256> peaks;  // largest first
  for (unsigned level = kLevels; level-- > 0;) {
    const std::size_t width = edge_width(size, level);
    if (width == 0) continue;
    const std::uint64_t index = edge_index(size, level);
    SHOMEI_TRY(auto hashes, tiles(level, index));
    if (hashes.size() < width * kHashBytes) return short_tile(level, index);
    hashes.resize(width * kHashBytes);
    std::size_t done = 0;
    for (std::size_t part = kTileHashes / 2; part > 0; part /= 2)
      if (width & part) {
        peaks.push_back(subtree(hashes, done, part));
        done += part;
      }
    if (edge.levels_.size() <= level) edge.levels_.resize(level + 1);
    edge.levels_[level].partial = std::move(hashes);
  }
  edge.hasher_ = TreeHasher(size, std::move(peaks));
  return edge;
}

void TreeEdge::add(const Sha256& leaf) {
  add_at(0, leaf);
  hasher_.add(leaf);
}

void TreeEdge::add_at(unsigned level, const Sha256& hash) {
  if (levels_.size() <= level) levels_.resize(level + 1);
  Level& at = levels_[level];
  at.partial.insert(at.partial.end(), hash.begin(), hash.end());
  at.changed = true;
  if (at.partial.size() < kTileHashes * kHashBytes) return;
  const Sha256 whole = subtree(at.partial, 0, kTileHashes);
  // The hasher has not been told of this leaf yet.
  full_.push_back({level, edge_index(size(), level), std::move(at.partial)});
  at.partial.clear();
  at.changed = false;
  add_at(level + 1, whole);
}

std::vector<TreeEdge::Tile> TreeEdge::take_changes() {
  std::vector<Tile> changes = std::exchange(full_, {});
  for (unsigned level = 0; level < levels_.size(); ++level) {
    Level& at = levels_[level];
    if (!at.changed) continue;
    changes.push_back({level, edge_index(size(), level), at.partial});
    at.changed = false;
  }
  return changes;
}

}  // namespace shomei::journal
