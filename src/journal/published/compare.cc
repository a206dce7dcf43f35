#include "journal/published/compare.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace shomei::journal {
namespace {

struct Signed {
  std::string note;
  Checkpoint checkpoint;
};

Result<Signed> open(std::string_view note, const VerifierKey& key) {
  SHOMEI_TRY(auto checkpoint, open_checkpoint(note, key));
  return Signed{std::string(note), std::move(checkpoint)};
}

Result<void> expect_one_journal(const Checkpoint& a, const Checkpoint& b) {
  if (a.origin == b.origin) return {};
  return refused("checkpoints_of_two_journals", {{"a", a.origin}, {"b", b.origin}}, "C2SP tlog-checkpoint");
}

// From the older tree, as the tiles have it, to the root of the newer one.
Result<std::vector<Sha256>> path_between(std::uint64_t older, std::uint64_t newer, const NodeReader& nodes) {
  std::vector<Sha256> path;
  if (std::has_single_bit(older)) {
    SHOMEI_TRY(const auto first, root(older, nodes));
    path.push_back(first);
  }
  SHOMEI_TRY(const auto proof, consistency_proof(older, newer, nodes));
  path.insert(path.end(), proof.begin(), proof.end());
  return path;
}

Error other_tree(const Checkpoint& newer) {
  return refused("tiles_of_another_tree", {{"size", std::to_string(newer.size)}}, "RFC 9162 2.1");
}

// Partial tiles are named by the size of the tree, which may have gone on since.
Result<std::uint64_t> published_size(const Checkpoint& newer, const VerifierKey& key,
                                     const PublishedFiles& files) {
  const auto note = read_checkpoint(files);
  if (!note && note.error().fault != Fault::not_found) return note.error();
  const auto published = note ? open_checkpoint(*note, key) : Result<Checkpoint>(newer);
  return std::max(newer.size, published ? published->size : 0);
}

Result<std::optional<ForkProof>> fork_by_tiles(const Signed& older, const Signed& newer,
                                               const VerifierKey& key, const PublishedFiles& files) {
  SHOMEI_TRY(const auto size, published_size(newer.checkpoint, key, files));
  const auto nodes = nodes_of(published_tiles(files, size));
  SHOMEI_TRY(auto path, path_between(older.checkpoint.size, newer.checkpoint.size, nodes));
  SHOMEI_TRY(const auto roots, roots_of_path(older.checkpoint.size, newer.checkpoint.size, path));
  if (roots.root != newer.checkpoint.root) return other_tree(newer.checkpoint);
  if (roots.old_root == older.checkpoint.root) return std::optional<ForkProof>{};
  return std::optional(ForkProof{older.note, newer.note, std::move(path)});
}

Result<std::optional<ForkProof>> find_fork(const Signed& older, const Signed& newer, const VerifierKey& key,
                                           const std::optional<PublishedFiles>& files) {
  // Two roots of one size, or a root of nothing that is another than that of nothing.
  const bool same_size = older.checkpoint.size == newer.checkpoint.size;
  if (same_size || older.checkpoint.size == 0) {
    const auto& expected = same_size ? newer.checkpoint.root : empty_root();
    if (older.checkpoint.root == expected) return std::optional<ForkProof>{};
    return std::optional(ForkProof{older.note, newer.note, {}});
  }
  if (!files) return malformed("compare_needs_tiles");
  return fork_by_tiles(older, newer, key, *files);
}

}  // namespace

Result<Comparison> compare_checkpoints(std::string_view a, std::string_view b, const VerifierKey& key,
                                       const std::optional<PublishedFiles>& files) {
  SHOMEI_TRY(auto older, open(a, key));
  SHOMEI_TRY(auto newer, open(b, key));
  if (older.checkpoint.size > newer.checkpoint.size) std::swap(older, newer);
  SHOMEI_CHECK(expect_one_journal(older.checkpoint, newer.checkpoint));
  SHOMEI_TRY(auto fork, find_fork(older, newer, key, files));
  return Comparison{std::move(older.checkpoint), std::move(newer.checkpoint), std::move(fork)};
}

Result<void> verify_fork(const ForkProof& proof, const VerifierKey& key) {
  SHOMEI_TRY(const auto older, open_checkpoint(proof.older, key));
  SHOMEI_TRY(const auto newer, open_checkpoint(proof.newer, key));
  SHOMEI_CHECK(expect_one_journal(older, newer));
  if (older.size == newer.size && older.root != newer.root) return {};
  if (older.size == 0 && older.root != empty_root()) return {};
  if (older.size > 0 && older.size < newer.size) {
    SHOMEI_TRY(const auto roots, roots_of_path(older.size, newer.size, proof.path));
    if (roots.root == newer.root && roots.old_root != older.root) return {};
  }
  return refused("fork_unproven", {}, "RFC 9162 2.1.4");
}

}  // namespace shomei::journal
