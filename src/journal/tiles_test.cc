#include "journal/tiles.h"

#include <gtest/gtest.h>

#include <map>

namespace shomei::journal {
namespace {

Sha256 leaf(std::uint64_t number) {
  return leaf_hash(to_bytes(std::to_string(number)));
}

// Tiles as a store keeps them.
struct Tiles {
  std::map<std::pair<unsigned, std::uint64_t>, Bytes> kept;
  void keep(TreeEdge& edge) {
    for (auto& tile : edge.take_changes()) kept[{tile.level, tile.index}] = std::move(tile.hashes);
  }
  TileReader reader() const {
    return [this](unsigned level, std::uint64_t index) -> Result<Bytes> {
      const auto found = kept.find({level, index});
      if (found == kept.end()) return internal("journal_tile_short");
      return found->second;
    };
  }
};

// Sizes around every border of tiles, up to the third level.
TEST(Tiles, AnEdgeThatIsLoadedGoesOnWhereItStopped) {
  const std::uint64_t sizes[] = {0, 1, 2, 3, 255, 256, 257, 511, 512, 700, 65'535, 65'536, 65'537, 65'800};
  TreeHasher hasher;
  TreeEdge edge;
  Tiles tiles;
  for (const auto size : sizes) {
    while (hasher.size() < size) {
      edge.add(leaf(hasher.size()));
      hasher.add(leaf(hasher.size()));
    }
    EXPECT_EQ(edge.root(), hasher.root()) << size;
    tiles.keep(edge);
    auto loaded = TreeEdge::load(size, tiles.reader());
    ASSERT_TRUE(loaded) << size;
    EXPECT_EQ(loaded->size(), size);
    EXPECT_EQ(loaded->root(), hasher.root()) << size;
    EXPECT_EQ(*root(size, nodes_of(tiles.reader())), hasher.root()) << size;
    edge = *std::move(loaded);
  }
  EXPECT_EQ(tiles.kept.at({0, 1}).size(), kTileHashes * 32);
  EXPECT_EQ(tiles.kept.at({2, 0}).size(), 32U);
  EXPECT_EQ(tiles.kept.at({1, 1}).size(), 32U);
}

TEST(Tiles, ChangesAreTakenOnce) {
  TreeEdge edge;
  for (std::uint64_t i = 0; i < 300; ++i) edge.add(leaf(i));
  const auto changes = edge.take_changes();
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(changes[0].hashes.size(), kTileHashes * 32);
  EXPECT_EQ(changes[1].hashes.size(), 44U * 32);
  EXPECT_EQ(changes[1].index, 1U);
  EXPECT_EQ(changes[2].level, 1U);
  EXPECT_TRUE(edge.take_changes().empty());
}

// Nobody has to trust the store for the lengths of its tiles.
TEST(Tiles, ATileThatIsTooShortIsSaidToBe) {
  TreeEdge edge;
  for (std::uint64_t i = 0; i < 300; ++i) edge.add(leaf(i));
  Tiles tiles;
  tiles.keep(edge);
  for (const std::pair<unsigned, std::uint64_t> which : {std::pair(0U, 1U), std::pair(1U, 0U)}) {
    Tiles cut = tiles;
    cut.kept.at(which).resize(cut.kept.at(which).size() - 1);
    EXPECT_FALSE(TreeEdge::load(300, cut.reader()));
    const auto read = root(300, nodes_of(cut.reader()));
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, "journal_tile_short");
  }
}

}  // namespace
}  // namespace shomei::journal
