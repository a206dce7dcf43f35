// Verifies a whole journal with public keys alone: every entry's form and commitments, gapless sequence,
// times that never fall, the phases of each act in order, every issued certificate under its authority, and
// every tile of the tree against the entries, and the tree against the checkpoint's signature. It never stops
// at the first problem (but lists at most kFindingsMax). Entries stream by, and memory does not grow with
// their number: a journal of more acts and serial numbers than the memory holds is read in several passes.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "journal/checkpoint.h"
#include "journal/rows.h"

namespace shomei::journal {

inline constexpr std::size_t kFindingsMax = 100;

// `sequence` is the entry's, or the number of entries for what concerns the whole tree. Codes:
//   entry_form part_form part_missing commitment_wrong sequence_gap time_fell      one entry
//   phase_order serial_twice serial_not_reserved status_order crl_order            the acts
//   authority_twice authority_unknown authority_wrong                              the authorities
//   certificate_missing certificate_wrong                                          what was signed
//   checkpoint_missing checkpoint_wrong size_wrong root_wrong nodes_wrong not_a_continuation   the tree
struct Finding {
  std::uint64_t sequence = 0;
  std::string code;
  std::string detail;  // one English sentence
};

struct VerifyReport {
  Checkpoint checkpoint;
  std::string checkpoint_note;
  std::uint64_t entries = 0;
  std::uint64_t acts = 0;
  std::uint64_t certificates = 0;  // signed ones, each verified under its authority
  std::uint64_t erased_parts = 0;
  std::optional<InstantMs> first_at, last_at;
  std::vector<Finding> findings;  // empty: the journal holds; at most kFindingsMax
  bool holds() const { return findings.empty(); }
};

struct VerifyProgress {
  std::uint64_t entries = 0;  // of this pass
  std::uint64_t of = 0;
  unsigned pass = 1;  // nobody knows in advance how many there will be
};

inline constexpr std::size_t kVerifyMemoryBytes = 64 * 1024 * 1024;

struct VerifyOptions {
  VerifierKey key;
  std::optional<std::string>
      since;  // a checkpoint note that the verifier kept: the journal must be its continuation
  std::size_t memory_bytes =
      kVerifyMemoryBytes;  // for acts and serial numbers; what the store takes comes on top
  std::function<void(const VerifyProgress&)> progress = {};  // now and then
  // Asked as often: its error ends the verification, and is its answer.
  std::function<Result<void>(const VerifyProgress&)> go_on = {};
};

// Errors are about reading; what does not hold is a finding.
Result<VerifyReport> verify_journal(Rows& rows, const VerifyOptions& options);

}  // namespace shomei::journal
