// Verifies a whole journal with public keys alone: every entry's form and commitments, gapless sequence,
// times that never fall, the phases of each act in order, every issued certificate under its authority, and
// the tree against the checkpoint's signature. It never stops at the first problem (but lists at most
// kFindingsMax). Entries stream by; what is kept in memory is about 50 bytes for every act and serial number.
#pragma once

#include <cstdint>
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

struct VerifyOptions {
  VerifierKey key;
  std::optional<std::string>
      since;  // a checkpoint note that the verifier kept: the journal must be its continuation
};

// Errors are about reading; what does not hold is a finding.
Result<VerifyReport> verify_journal(Rows& rows, const VerifyOptions& options);

}  // namespace shomei::journal
