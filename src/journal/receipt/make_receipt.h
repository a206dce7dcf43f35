// Makes a receipt from the store.
#pragma once

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

}  // namespace shomei::journal
