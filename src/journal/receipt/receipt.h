// Receipt: the entries of one act with the parts that its holder may have, their way to the root of the tree,
// and the checkpoint that vouches for it (docs/formats/receipt.md has every member). Salts are in it: whoever
// has the receipt can show what the parts say, also after the store has forgotten them.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/entry.h"

namespace shomei::journal {

struct ReceiptEntry {
  Bytes entry;  // DER
  std::array<std::optional<Part>, 3> parts;
  std::vector<Sha256> inclusion;  // RFC 9162 2.1.3, in the tree of the checkpoint
};

struct Receipt {
  std::string key;         // the verifier key under which it was made
  std::string checkpoint;  // a signed note
  std::vector<ReceiptEntry> entries;
};

inline constexpr std::size_t kReceiptBytesMax = 16 * 1024 * 1024;
inline constexpr std::size_t kReceiptEntriesMax = 64;  // an act has three at most

// One JSON object, indented, with a newline at its end.
std::string encode_receipt(const Receipt& receipt);
// Of the one form that encode_receipt writes, white space between the tokens excepted. malformed
// "receipt_form" {what}.
Result<Receipt> parse_receipt(std::string_view text, std::size_t entries_max = kReceiptEntriesMax);

}  // namespace shomei::journal
