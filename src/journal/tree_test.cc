#include "journal/tree.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <bit>
#include <map>

#include "journal/tiles.h"

namespace shomei::journal {
namespace {

// A tree that is stored as the journal stores it, and, beside it, the definition of RFC 9162 2.1.1 word for
// word as the oracle.
class StoredTree {
 public:
  void add(const Sha256& leaf) {
    edge_.add(leaf);
    for (auto& tile : edge_.take_changes()) tiles_[{tile.level, tile.index}] = std::move(tile.hashes);
    leaves_.push_back(leaf);
  }
  NodeReader reader() const {
    return nodes_of([this](unsigned level, std::uint64_t index) -> Result<Bytes> {
      return tiles_.at({level, index});
    });
  }
  const std::vector<Sha256>& leaves() const { return leaves_; }
  Sha256 defined_root(std::size_t size) const { return mth(std::span(leaves_).first(size)); }

  static Sha256 mth(std::span<const Sha256> d) {
    if (d.empty()) return empty_root();
    if (d.size() == 1) return d[0];
    const std::size_t k = std::bit_floor(d.size() - 1);
    return node_hash(mth(d.first(k)), mth(d.subspan(k)));
  }

 private:
  std::vector<Sha256> leaves_;
  TreeEdge edge_;
  std::map<std::pair<unsigned, std::uint64_t>, Bytes> tiles_;
};

StoredTree tree_of(std::size_t size) {
  StoredTree tree;
  for (std::size_t i = 0; i < size; ++i) tree.add(leaf_hash(to_bytes("leaf " + std::to_string(i))));
  return tree;
}

// The reference leaves and roots of Certificate Transparency's test suites, printed in many of them.
TEST(Tree, HasTheRootsThatCertificateTransparencyTestsWith) {
  const char* const leaves[] = {
      "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
  const char* const roots[] = {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                               "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                               "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                               "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                               "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                               "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                               "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                               "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  EXPECT_EQ(to_hex(empty_root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  StoredTree tree;
  TreeHasher hasher;
  for (std::size_t i = 0; i < 8; ++i) {
    const auto leaf = leaf_hash(*from_hex(leaves[i]));
    tree.add(leaf);
    hasher.add(leaf);
    EXPECT_EQ(to_hex(*root(i + 1, tree.reader())), roots[i]);
    EXPECT_EQ(to_hex(hasher.root()), roots[i]);
  }
}

TEST(Tree, StoredNodesAndHasherGiveTheDefinedRootAtEverySize) {
  const auto tree = tree_of(130);
  TreeHasher hasher;
  for (std::size_t size = 0; size <= 130; ++size) {
    EXPECT_EQ(*root(size, tree.reader()), tree.defined_root(size)) << size;
    EXPECT_EQ(hasher.root(), tree.defined_root(size)) << size;
    if (size < 130) hasher.add(tree.leaves()[size]);
  }
}

TEST(Tree, EveryLeafOfEverySizeHasAProofThatHoldsForItAlone) {
  const auto tree = tree_of(34);
  for (std::uint64_t size = 1; size <= 34; ++size) {
    const auto top = tree.defined_root(size);
    for (std::uint64_t index = 0; index < size; ++index) {
      const auto proof = *inclusion_proof(index, size, tree.reader());
      EXPECT_TRUE(verify_inclusion(index, size, tree.leaves()[index], proof, top).has_value());
      const auto other = tree.leaves()[(index + 1) % 34];
      EXPECT_FALSE(verify_inclusion(index, size, other, proof, top).has_value());
      if (size > 1) {
        EXPECT_FALSE(
            verify_inclusion((index + 1) % size, size, tree.leaves()[index], proof, top).has_value());
      }
    }
  }
}

TEST(Tree, EverySizeIsShownToContinueEverySmallerOne) {
  const auto tree = tree_of(34);
  for (std::uint64_t size = 1; size <= 34; ++size)
    for (std::uint64_t old = 0; old <= size; ++old) {
      const auto proof = *consistency_proof(old, size, tree.reader());
      const auto was = tree.defined_root(old), is = tree.defined_root(size);
      EXPECT_TRUE(verify_consistency(old, size, was, is, proof).has_value()) << old << " " << size;
      Sha256 forged = was;
      forged[0] ^= 1;
      EXPECT_FALSE(verify_consistency(old, size, forged, is, proof).has_value()) << old << " " << size;
      forged = is;
      forged[0] ^= 1;
      if (old > 0) {
        EXPECT_FALSE(verify_consistency(old, size, was, forged, proof).has_value()) << old << " " << size;
      }
    }
}

TEST(Tree, BentShortenedAndLengthenedProofsDoNotHold) {
  const auto tree = tree_of(100);
  EXPECT_TRUE(rc::check([&tree] {
    const auto size = *rc::gen::inRange<std::uint64_t>(2, 101);
    const auto index = *rc::gen::inRange<std::uint64_t>(0, size);
    const auto old = *rc::gen::inRange<std::uint64_t>(1, size);
    auto inclusion = *inclusion_proof(index, size, tree.reader());
    auto consistency = *consistency_proof(old, size, tree.reader());
    for (auto* proof : {&inclusion, &consistency}) {
      if (proof->empty()) continue;
      const auto at = *rc::gen::inRange<std::size_t>(0, proof->size());
      switch (*rc::gen::inRange(0, 3)) {
        case 0:
          (*proof)[at][*rc::gen::inRange(0, 32)] ^= 0x80;
          break;
        case 1:
          proof->erase(proof->begin() + static_cast<std::ptrdiff_t>(at));
          break;
        default:
          proof->push_back(proof->front());
      }
    }
    RC_ASSERT(!verify_inclusion(index, size, tree.leaves()[index], inclusion, tree.defined_root(size)));
    RC_ASSERT(!verify_consistency(old, size, tree.defined_root(old), tree.defined_root(size), consistency));
  }));
}

}  // namespace
}  // namespace shomei::journal
