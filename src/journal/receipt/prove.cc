#include "journal/receipt/prove.h"

#include "journal/tree.h"

namespace shomei::journal {
namespace {

Error wrong(std::uint64_t sequence, std::string what) {
  return refused("receipt_wrong", {{"sequence", std::to_string(sequence)}, {"what", std::move(what)}},
                 "RFC 9162 2.1.3");
}

Error bad(const Error& error) {
  return malformed("receipt_form", {{"what", std::string(error.parameter("what"))}});
}

Result<void> verify_parts(const Entry& entry, const ReceiptEntry& from) {
  for (auto kind : kPartKinds) {
    const auto i = static_cast<std::size_t>(kind);
    if (from.parts[i] && commit(kind, *from.parts[i]) != entry.commitments[i])
      return wrong(entry.sequence,
                   "its " + std::string(name(kind)) + " part is not the one that was recorded");
  }
  return {};
}

const std::optional<Part>& part(const ReceiptEntry& from, PartKind kind) {
  return from.parts[static_cast<std::size_t>(kind)];
}

Result<std::optional<Fields>> fields(const ReceiptEntry& from, PartKind kind) {
  const auto& given = part(from, kind);
  if (!given) return std::optional<Fields>{};
  auto parsed = parse_fields(given->body);
  if (!parsed) return bad(parsed.error());
  return std::optional(*std::move(parsed));
}

Result<ProvenEntry> prove_entry(const ReceiptEntry& from, const Checkpoint& checkpoint) {
  auto entry = parse_entry(from.entry);
  if (!entry) return bad(entry.error());
  ProvenEntry proven{.entry = *std::move(entry)};
  const auto leaf = leaf_hash(from.entry);
  if (!verify_inclusion(proven.entry.sequence, checkpoint.size, leaf, from.inclusion, checkpoint.root))
    return wrong(proven.entry.sequence, "it is not in the tree of the checkpoint");
  SHOMEI_CHECK(verify_parts(proven.entry, from));
  if (const auto& status = part(from, PartKind::status)) {
    auto changes = parse_status_part(status->body);
    if (!changes) return bad(changes.error());
    proven.status = *std::move(changes);
  }
  SHOMEI_TRY(proven.person, fields(from, PartKind::person));
  SHOMEI_TRY(proven.officer, fields(from, PartKind::officer));
  return proven;
}

Result<void> expect_order(const std::vector<ProvenEntry>& entries) {
  for (std::size_t i = 1; i < entries.size(); ++i)
    if (entries[i].entry.sequence <= entries[i - 1].entry.sequence)
      return wrong(entries[i].entry.sequence, "it is out of order");
  return {};
}

Result<void> expect_one_act(const std::vector<ProvenEntry>& entries) {
  for (const auto& proven : entries)
    if (proven.entry.act != entries[0].entry.act) return wrong(proven.entry.sequence, "it is of another act");
  return {};
}

}  // namespace

Result<Proven> prove_entries(const Receipt& receipt, const VerifierKey& key) {
  Proven proven;
  SHOMEI_TRY(proven.checkpoint, open_checkpoint(receipt.checkpoint, key));
  for (const auto& entry : receipt.entries) {
    SHOMEI_TRY(proven.entries.emplace_back(), prove_entry(entry, proven.checkpoint));
  }
  SHOMEI_CHECK(expect_order(proven.entries));
  return proven;
}

Result<Proven> prove_receipt(const Receipt& receipt, const VerifierKey& key) {
  SHOMEI_TRY(auto proven, prove_entries(receipt, key));
  SHOMEI_CHECK(expect_one_act(proven.entries));
  return proven;
}

}  // namespace shomei::journal
