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

// With the parts that are wished for and no other: a reader may have no right to them (find_entry reads all).
Result<std::optional<StoredEntry>> entry_of(Rows& rows, const EntryWish& wish) {
  std::optional<StoredEntry> found;
  SHOMEI_CHECK(rows.each_entry(wish.sequence, wish.parts, [&](const StoredEntry& stored) {
    if (stored.entry.sequence == wish.sequence) found = stored;
    return false;
  }));
  return found;
}

Result<ReceiptEntry> receipt_entry(Rows& rows, const EntryWish& wish, std::uint64_t size) {
  SHOMEI_TRY(auto stored, entry_of(rows, wish));
  if (!stored) return internal("journal_entry_missing", {{"sequence", std::to_string(wish.sequence)}});
  ReceiptEntry entry{encode_entry(stored->entry), std::move(stored->parts), {}};
  SHOMEI_TRY(entry.inclusion, inclusion_proof(wish.sequence, size, nodes_of(rows)));
  return entry;
}

}  // namespace

Result<Receipt> make_proof(Rows& rows, const std::vector<EntryWish>& wishes, const VerifierKey& key) {
  SHOMEI_TRY(const auto head, rows.head());
  Receipt receipt{encode_verifier_key(key.name, key.key), head.checkpoint, {}};
  for (const auto& wish : wishes) {
    SHOMEI_TRY(receipt.entries.emplace_back(), receipt_entry(rows, wish, head.size));
  }
  return receipt;
}

Result<Receipt> make_receipt(Rows& rows, const ReceiptWish& wish, const VerifierKey& key) {
  SHOMEI_TRY(const auto sequences, rows.entries_of_act(wish.act));
  if (sequences.empty()) return not_found("act_unknown_to_journal", {{"act", wish.act.text()}});
  std::vector<EntryWish> wishes;
  for (const auto sequence : sequences) wishes.push_back({sequence, {true, true, wish.with_operator}});
  return make_proof(rows, wishes, key);
}

}  // namespace shomei::journal
