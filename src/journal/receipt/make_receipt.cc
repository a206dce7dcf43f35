#include "journal/receipt/make_receipt.h"

#include "journal/tiles.h"

namespace shomei::journal {
namespace {

NodeReader nodes_of(Rows& rows) {
  return journal::nodes_of([&rows](unsigned level, std::uint64_t index) -> Result<Bytes> {
    SHOMEI_TRY(auto tile, rows.tile(level, index));
    return tile ? *std::move(tile) : Bytes{};
  });
}

Result<ReceiptEntry> receipt_entry(Rows& rows, std::uint64_t sequence, std::uint64_t size,
                                   bool with_operator) {
  SHOMEI_TRY(auto stored, rows.find_entry(sequence));
  if (!stored) return internal("journal_entry_missing", {{"sequence", std::to_string(sequence)}});
  ReceiptEntry entry{encode_entry(stored->entry), std::move(stored->parts), {}};
  if (!with_operator) entry.parts[static_cast<std::size_t>(PartKind::officer)].reset();
  SHOMEI_TRY(entry.inclusion, inclusion_proof(sequence, size, nodes_of(rows)));
  return entry;
}

}  // namespace

Result<Receipt> make_receipt(Rows& rows, const ReceiptWish& wish, const VerifierKey& key) {
  SHOMEI_TRY(const auto sequences, rows.entries_of_act(wish.act));
  if (sequences.empty()) return not_found("act_unknown_to_journal", {{"act", wish.act.text()}});
  SHOMEI_TRY(const auto head, rows.head());
  Receipt receipt{encode_verifier_key(key.name, key.key), head.checkpoint, {}};
  for (const auto sequence : sequences) {
    SHOMEI_TRY(receipt.entries.emplace_back(), receipt_entry(rows, sequence, head.size, wish.with_operator));
  }
  return receipt;
}

}  // namespace shomei::journal
