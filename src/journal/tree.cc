#include "journal/tree.h"

#include <algorithm>
#include <bit>

#include "base/check.h"

namespace shomei::journal {
namespace {

constexpr Bytes::value_type kLeafPrefix[] = {0x00};
constexpr Bytes::value_type kNodePrefix[] = {0x01};

Error wrong(std::string_view what) {
  return refused("proof_wrong", {{"what", std::string(what)}}, "RFC 9162 2.1");
}

// The largest power of two that is smaller than n; n is at least 2.
std::uint64_t split(std::uint64_t n) {
  return std::bit_floor(n - 1);
}

// MTH of the leaves [begin, end). In every division that RFC 9162 makes, `begin` is a multiple of a power of
// two not smaller than the length, so whole powers are stored nodes.
Result<Sha256> range_hash(std::uint64_t begin, std::uint64_t end, const NodeReader& read) {
  const std::uint64_t length = end - begin;
  if (std::has_single_bit(length)) {
    const auto level = static_cast<unsigned>(std::countr_zero(length));
    return read(level, begin >> level);
  }
  const std::uint64_t middle = begin + split(length);
  SHOMEI_TRY(const auto left, range_hash(begin, middle, read));
  SHOMEI_TRY(const auto right, range_hash(middle, end, read));
  return node_hash(left, right);
}

}  // namespace

Sha256 leaf_hash(ByteView entry) {
  return crypto::sha256({kLeafPrefix, entry});
}

Sha256 node_hash(const Sha256& left, const Sha256& right) {
  return crypto::sha256({kNodePrefix, left, right});
}

Sha256 empty_root() {
  return crypto::sha256(ByteView{});
}

Result<Sha256> root(std::uint64_t size, const NodeReader& read) {
  if (size == 0) return empty_root();
  return range_hash(0, size, read);
}

Result<std::vector<Sha256>> inclusion_proof(std::uint64_t index, std::uint64_t size, const NodeReader& read) {
  SHOMEI_INVARIANT(index < size);
  std::vector<Sha256> proof;
  std::uint64_t begin = 0, end = size;
  while (end - begin > 1) {
    const std::uint64_t middle = begin + split(end - begin);
    const bool left = index < middle;
    SHOMEI_TRY(const auto sibling, left ? range_hash(middle, end, read) : range_hash(begin, middle, read));
    proof.push_back(sibling);
    (left ? end : begin) = middle;
  }
  std::ranges::reverse(proof);
  return proof;
}

Result<std::vector<Sha256>> consistency_proof(std::uint64_t old_size, std::uint64_t size,
                                              const NodeReader& read) {
  SHOMEI_INVARIANT(old_size <= size);
  std::vector<Sha256> proof;
  if (old_size == 0 || old_size == size) return proof;
  std::uint64_t begin = 0, end = size;
  // SUBPROOF(m, D, b): b holds while the old tree's root itself is the left edge.
  bool complete = true;
  while (old_size != end) {
    const std::uint64_t middle = begin + split(end - begin);
    const bool left = old_size <= middle;
    SHOMEI_TRY(const auto sibling, left ? range_hash(middle, end, read) : range_hash(begin, middle, read));
    proof.push_back(sibling);
    if (!left) complete = false;
    (left ? end : begin) = middle;
  }
  if (!complete) {
    SHOMEI_TRY(const auto last, range_hash(begin, end, read));
    proof.push_back(last);
  }
  std::ranges::reverse(proof);
  return proof;
}

Result<void> verify_inclusion(std::uint64_t index, std::uint64_t size, const Sha256& leaf,
                              const std::vector<Sha256>& proof, const Sha256& root) {
  if (index >= size) return wrong("the leaf is not in a tree of this size");
  std::uint64_t fn = index, sn = size - 1;
  Sha256 r = leaf;
  for (const auto& p : proof) {
    if (sn == 0) return wrong("the proof is too long");
    if ((fn & 1) || fn == sn) {
      r = node_hash(p, r);
      while (!(fn & 1) && fn != 0) fn >>= 1, sn >>= 1;
    } else {
      r = node_hash(r, p);
    }
    fn >>= 1, sn >>= 1;
  }
  if (sn != 0) return wrong("the proof is too short");
  if (r != root) return wrong("the root is another one");
  return {};
}

Result<void> verify_consistency(std::uint64_t old_size, std::uint64_t size, const Sha256& old_root,
                                const Sha256& root, const std::vector<Sha256>& proof) {
  if (old_size > size) return wrong("the tree has shrunk");
  if (old_size == size || old_size == 0) {
    const bool holds = proof.empty() && old_root == (old_size == 0 ? empty_root() : root);
    return holds ? Result<void>{} : wrong("the root is another one");
  }
  // A complete old tree is a node of the new one and is not repeated in the proof.
  std::vector<Sha256> path;
  if (std::has_single_bit(old_size)) path.push_back(old_root);
  path.insert(path.end(), proof.begin(), proof.end());
  SHOMEI_TRY(const auto roots, roots_of_path(old_size, size, path));
  if (roots.old_root != old_root || roots.root != root) return wrong("the root is another one");
  return {};
}

Result<ConsistentRoots> roots_of_path(std::uint64_t old_size, std::uint64_t size,
                                      std::span<const Sha256> path) {
  SHOMEI_INVARIANT(0 < old_size && old_size < size);
  if (path.empty()) return wrong("the proof is too short");
  std::uint64_t fn = old_size - 1, sn = size - 1;
  while (fn & 1) fn >>= 1, sn >>= 1;
  Sha256 fr = path[0], sr = path[0];
  for (const auto& next : path.subspan(1)) {
    if (sn == 0) return wrong("the proof is too long");
    if ((fn & 1) || fn == sn) {
      fr = node_hash(next, fr);
      sr = node_hash(next, sr);
      while (!(fn & 1) && fn != 0) fn >>= 1, sn >>= 1;
    } else {
      sr = node_hash(sr, next);
    }
    fn >>= 1, sn >>= 1;
  }
  if (sn != 0) return wrong("the proof is too short");
  return ConsistentRoots{fr, sr};
}

void TreeHasher::add(const Sha256& leaf) {
  Sha256 hash = leaf;
  for (std::uint64_t rest = size_; rest & 1; rest >>= 1) {
    hash = node_hash(peaks_.back(), hash);
    peaks_.pop_back();
  }
  peaks_.push_back(hash);
  ++size_;
}

Sha256 TreeHasher::root() const {
  if (peaks_.empty()) return empty_root();
  Sha256 hash = peaks_.back();
  for (auto it = peaks_.rbegin() + 1; it != peaks_.rend(); ++it) hash = node_hash(*it, hash);
  return hash;
}

}  // namespace shomei::journal
