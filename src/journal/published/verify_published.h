// Verifies what somebody has published of a journal, with the verifier key alone: reads every entry, computes
// every tile and the root again, and compares them with the files and the signed checkpoint. It never stops
// at the first problem (but lists at most kFindingsMax), and its memory does not grow with the journal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "journal/published/read_published.h"
#include "journal/verify.h"

namespace shomei::journal {

// `sequence` of a finding is the entry's, or the first that the file is about, or the number of entries for
// what concerns the whole. Codes:
//   entry_form sequence_gap time_fell phase_order        one entry
//   leaf_wrong         an entry and the hash of tile/0/ for it do not belong together
//   tile_wrong         a tile of a higher level is not that of the entries
//   file_missing file_form                               a file is not there, or not of its form
//   checkpoint_missing checkpoint_wrong root_wrong       the checkpoint
//   not_a_continuation          of the kept checkpoint: rolled back, forked, or another journal
//   source_moved                a second reading gave other entries than the first
struct PublishedReport {
  Checkpoint checkpoint;
  std::string checkpoint_note;
  std::uint64_t entries = 0;  // that were read and are of their form
  std::uint64_t acts = 0;
  std::uint64_t tiles = 0;  // of hashes, read and compared
  std::optional<InstantMs> first_at, last_at;
  std::vector<Finding> findings;
  bool holds() const { return findings.empty(); }
};

// Errors are about reading: a source that does not answer. What does not hold is a finding.
Result<PublishedReport> verify_published(const PublishedFiles& files, const VerifyOptions& options);

}  // namespace shomei::journal
