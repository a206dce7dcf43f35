// The Merkle tree of RFC 9162 section 2.1 (RFC 6962's hashing): leaves are SHA-256(00 entry), nodes
// SHA-256(01 left right). Pure arithmetic over hashes; the nodes are read through a function, so any store
// will do.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/digest.h"

namespace shomei::journal {

using crypto::Sha256;

Sha256 leaf_hash(ByteView entry);
Sha256 node_hash(const Sha256& left, const Sha256& right);
Sha256 empty_root();  // SHA-256 of nothing

// Hash of the complete subtree over leaves [index * 2^level, (index + 1) * 2^level).
using NodeReader = std::function<Result<Sha256>(unsigned level, std::uint64_t index)>;
Result<Sha256> root(std::uint64_t size, const NodeReader& read);
// RFC 9162 2.1.3.1 and 2.1.4.1.
Result<std::vector<Sha256>> inclusion_proof(std::uint64_t index, std::uint64_t size, const NodeReader& read);
Result<std::vector<Sha256>> consistency_proof(std::uint64_t old_size, std::uint64_t size,
                                              const NodeReader& read);
// RFC 9162 2.1.3.2 and 2.1.4.2: refused "proof_wrong".
Result<void> verify_inclusion(std::uint64_t index, std::uint64_t size, const Sha256& leaf,
                              const std::vector<Sha256>& proof, const Sha256& root);
Result<void> verify_consistency(std::uint64_t old_size, std::uint64_t size, const Sha256& old_root,
                                const Sha256& root, const std::vector<Sha256>& proof);
// The two roots that a consistency proof computes, 0 < old_size < size. `path` is the proof, with the old
// root in front where the proof leaves it out: where old_size is a power of two. refused "proof_wrong".
struct ConsistentRoots {
  Sha256 old_root, root;
};
Result<ConsistentRoots> roots_of_path(std::uint64_t old_size, std::uint64_t size,
                                      std::span<const Sha256> path);

// Rebuilds a root from all leaves in order, in memory that grows with the logarithm of their number.
class TreeHasher {
 public:
  TreeHasher() = default;
  // Goes on from a tree of `size` leaves; `peaks` are its complete subtrees from the left.
  TreeHasher(std::uint64_t size, std::vector<Sha256> peaks) : size_(size), peaks_(std::move(peaks)) {}
  void add(const Sha256& leaf);
  std::uint64_t size() const { return size_; }
  const std::vector<Sha256>& peaks() const { return peaks_; }  // with the size, all that it remembers
  Sha256 root() const;

 private:
  std::uint64_t size_ = 0;
  std::vector<Sha256> peaks_;  // complete subtrees from the left, largest first
};

}  // namespace shomei::journal
