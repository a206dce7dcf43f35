// Copies a store through the port, row by row in bounded memory, and proves the copy: rows of every kind are
// read back and compared by number and digest, the tree is computed anew from the copied entries, their parts
// against their commitments, and the checkpoint that was signed over it is the same bytes.
#pragma once

#include <optional>
#include <string>

#include "journal/copy/row_digest.h"
#include "journal/verify.h"

namespace shomei::journal {

struct ProofOptions {
  // Of the journal's checkpoints; may be missing where there are no entries.
  std::optional<VerifierKey> key;
  std::optional<std::string> since;  // a checkpoint note that somebody kept
  CopyProgress progress = {};
  std::size_t memory_bytes = kVerifyMemoryBytes;
};

struct StoreProof {
  StoreDigest digest;
  Head head;
  VerifyReport journal;  // holds
};

// Proves that a store keeps what has these digests, and that its journal holds. internal "copy_differs"
// {kind, rows, rows_wanted}; refused "journal_not_proven" {sequence, code, detail}: the first finding of
// verify_journal.
Result<StoreProof> prove_store(Rows& rows, const StoreDigest& wanted, const ProofOptions& options);

// Puts all rows of `from` into `to`, and proves it. `to` writes and stands in an empty store: conflict
// "store_not_empty" {kind}. Nothing is committed: whoever calls commits `to`, so that an interrupted copy is
// none; after an error drop it. `from` is one consistent view.
Result<StoreProof> copy_store(Rows& from, Rows& to, const ProofOptions& options);

// Whether there is no row at all.
Result<bool> is_empty(Rows& rows);

}  // namespace shomei::journal
