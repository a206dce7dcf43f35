// Checks a receipt, with a verifier key and nothing else.
#pragma once

#include <optional>
#include <vector>

#include "journal/checkpoint.h"
#include "journal/part.h"
#include "journal/receipt/receipt.h"
#include "journal/status_part.h"

namespace shomei::journal {

// What an entry was proven to say. A part that the receipt does not have is none.
struct ProvenEntry {
  Entry entry;
  std::optional<std::vector<StatusChange>> status;
  std::optional<Fields> person, officer;
};

struct Proven {
  Checkpoint checkpoint;
  std::vector<ProvenEntry> entries;  // ascending
};

// The checkpoint's signature, the entries' place in its tree, and the parts' commitments. What
// open_checkpoint says; refused "receipt_wrong" {sequence, what}: a part is not the one that was committed
// to, an entry is not in the tree, or the entries are not of one act in their order; malformed
// "receipt_form".
Result<Proven> prove_receipt(const Receipt& receipt, const VerifierKey& key);

// The same of entries that may be of several acts (make_proof), in ascending order all the same.
Result<Proven> prove_entries(const Receipt& receipt, const VerifierKey& key);

}  // namespace shomei::journal
