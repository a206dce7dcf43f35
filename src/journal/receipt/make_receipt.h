// Makes a receipt from the store.
#pragma once

#include <array>
#include <vector>

#include "journal/checkpoint.h"
#include "journal/receipt/receipt.h"
#include "journal/rows.h"

namespace shomei::journal {

struct ReceiptWish {
  ActId act;
  bool with_operator = false;  // the part that names the officer too
};

// With the entries of the act that there are now, under the latest checkpoint. A part that was erased is left
// out. not_found "act_unknown_to_journal" {act}; what the rows say.
Result<Receipt> make_receipt(Rows& rows, const ReceiptWish& wish, const VerifierKey& key);

// Of one entry, whichever act it is of.
struct EntryWish {
  std::uint64_t sequence = 0;
  std::array<bool, 3> parts{};  // in the order of PartKind
};
// The same proof for entries of several acts: what else hands out proven entries is made of it. internal
// "journal_entry_missing"; what the rows say.
Result<Receipt> make_proof(Rows& rows, const std::vector<EntryWish>& wishes, const VerifierKey& key);

}  // namespace shomei::journal
