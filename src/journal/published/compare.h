// Two checkpoints of one journal: either one tree continues the other, or whoever holds the key has signed
// two histories, which the two notes prove to anybody.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/checkpoint.h"
#include "journal/published/read_published.h"

namespace shomei::journal {

// Needs nothing but the verifier key to be checked. Where the sizes differ, `path` leads from the older tree,
// as the newer one has it, to the newer one's root (roots_of_path in journal/tree.h): the older note's root
// is not the one that it leads through.
struct ForkProof {
  std::string older, newer;  // signed notes
  std::vector<Sha256> path;  // empty where the sizes are the same
};

struct Comparison {
  Checkpoint older, newer;
  std::optional<ForkProof> fork;  // none: the newer tree continues the older
};

// In either order. What open_checkpoint says; refused "checkpoints_of_two_journals" {a, b}; malformed
// "compare_needs_tiles" where the sizes differ and there are no files; refused "tiles_of_another_tree" {size}
// where those are not of the newer checkpoint; what reading them says.
Result<Comparison> compare_checkpoints(std::string_view a, std::string_view b, const VerifierKey& key,
                                       const std::optional<PublishedFiles>& files);

// Whether the proof proves. refused "fork_unproven" where the checkpoints are consistent, as far as it says.
Result<void> verify_fork(const ForkProof& proof, const VerifierKey& key);

}  // namespace shomei::journal
