// Proves over a whole journal and its rows that no resident, card, request, officer or certificate was ever
// taken for another (invariants.h). What an insider could write with good commitments and a good checkpoint,
// and journal::verify_journal therefore finds in order, is found here; what that proves (the tree, phases,
// signatures, one use of each serial number) is not proven again. Parts that were erased say nothing and
// are counted. Entries and rows stream by, in passes where the memory does not hold all.
#pragma once

#include <cstdint>
#include <vector>

#include "crossing/findings.h"
#include "crossing/invariants.h"
#include "journal/rows.h"
#include "journal/verify.h"

namespace shomei::crossing {

inline constexpr std::size_t kFindingsMax = 100;

struct Report {
  std::uint64_t entries = 0;
  std::uint64_t certificates = 0;  // rows
  std::uint64_t requests = 0;      // rows
  std::uint64_t erased_parts = 0;
  // Entries that change what a certificate is worth and name nobody: there is nothing to hold against it.
  std::uint64_t nameless = 0;
  std::vector<Finding> findings;  // empty: nothing crossed; at most kFindingsMax
  bool holds() const { return findings.empty(); }
};

struct Options {
  std::size_t memory_bytes = journal::kVerifyMemoryBytes;
  std::function<void(const journal::VerifyProgress&)> progress = {};  // now and then
  // Asked as often: its error ends the check, and is its answer.
  std::function<Result<void>(const journal::VerifyProgress&)> go_on = {};
};

// Errors are about reading; what does not hold is a finding.
Result<Report> check(journal::Rows& rows, const Options& options = {});

}  // namespace shomei::crossing
