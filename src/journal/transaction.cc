#include "journal/transaction.h"

#include <algorithm>
#include <optional>

#include "base/check.h"
#include "base/version.h"
#include "crypto/random.h"
#include "journal/checkpoint.h"
#include "journal/tree.h"

namespace shomei::journal {
namespace {

// Whoever reads the entry in twenty years wants to know which program made it.
Fields signed_off(Fields officer) {
  officer.insert_or_assign(std::string(field::kSoftware), to_bytes(kSoftware));
  return officer;
}

Part salted(Bytes body) {
  Part part;
  std::ranges::copy(crypto::random_bytes(part.salt.size()), part.salt.begin());
  part.body = std::move(body);
  return part;
}

NodeReader reader_of(Rows& rows) {
  return [&rows](unsigned level, std::uint64_t index) -> Result<Sha256> {
    SHOMEI_TRY(const auto hash, rows.tree_node(level, index));
    if (!hash)
      return internal("journal_node_missing",
                      {{"level", std::to_string(level)}, {"index", std::to_string(index)}});
    return *hash;
  };
}

Result<InstantMs> time_of_next(Rows& rows, std::uint64_t size, InstantMs now) {
  if (size == 0) return now;
  std::optional<InstantMs> last;
  SHOMEI_CHECK(rows.each_entry(size - 1, {false, false, false}, [&](const StoredEntry& stored) {
    last = stored.entry.recorded_at;
    return false;
  }));
  if (!last) return internal("journal_entry_missing", {{"sequence", std::to_string(size - 1)}});
  return std::max(now, *last);
}

Result<void> check_lengths(const StoredEntry& stored) {
  for (auto kind : kPartKinds) {
    const std::size_t bytes = stored.parts[static_cast<std::size_t>(kind)]->body.size();
    if (bytes > kPartBytesMax)
      return malformed("part_too_long", {{"part", std::string(name(kind))},
                                         {"bytes", std::to_string(bytes)},
                                         {"bytes_max", std::to_string(kPartBytesMax)}});
  }
  return {};
}

Result<StoredEntry> make_entry(const Draft& draft, std::uint64_t sequence, InstantMs recorded_at) {
  StoredEntry stored;
  stored.entry.sequence = sequence;
  stored.entry.recorded_at = recorded_at;
  stored.entry.act = draft.act;
  stored.entry.phase = draft.phase;
  stored.parts = {salted(encode_status_part(draft.status)), salted(encode_fields(draft.person)),
                  salted(encode_fields(signed_off(draft.officer)))};
  SHOMEI_CHECK(check_lengths(stored));
  for (auto kind : kPartKinds) {
    const auto i = static_cast<std::size_t>(kind);
    stored.entry.commitments[i] = journal::commit(kind, *stored.parts[i]);
  }
  return stored;
}

}  // namespace

Result<std::uint64_t> Transaction::append(const Draft& draft) {
  // Until the entry and its nodes are all put, the transaction may not be committed.
  SHOMEI_INVARIANT(!half_appended_ && !draft.act.empty());
  SHOMEI_TRY(const auto sequence, rows_->journal_size());
  SHOMEI_TRY(const auto recorded_at, time_of_next(*rows_, sequence, journal_->clock().now_ms()));
  SHOMEI_TRY(const auto stored, make_entry(draft, sequence, recorded_at));
  half_appended_ = true;
  SHOMEI_CHECK(rows_->put_entry(stored));
  SHOMEI_TRY(const auto nodes,
             append_leaf(sequence, leaf_hash(encode_entry(stored.entry)), reader_of(*rows_)));
  for (const auto& node : nodes) SHOMEI_CHECK(rows_->put_tree_node(node.level, node.index, node.hash));
  half_appended_ = false;
  appended_ = true;
  return sequence;
}

Result<void> Transaction::commit() {
  SHOMEI_INVARIANT(!half_appended_);
  if (appended_) SHOMEI_CHECK(sign_checkpoint());
  return rows_->commit();
}

Result<void> Transaction::sign_checkpoint() {
  Checkpoint checkpoint{.origin = journal_->origin()};
  SHOMEI_TRY(checkpoint.size, rows_->journal_size());
  SHOMEI_TRY(checkpoint.root, root(checkpoint.size, reader_of(*rows_)));
  SHOMEI_TRY(const auto note, journal::sign_checkpoint(checkpoint, journal_->signer_));
  return rows_->put_checkpoint(checkpoint.size, note);
}

Journal::Journal(Engine& engine, crypto::Signer& checkpoint_signer, const Clock& clock, std::string origin)
    : engine_(engine), signer_(checkpoint_signer), clock_(clock), origin_(std::move(origin)) {
  SHOMEI_INVARIANT(signer_.public_key().type() == crypto::KeyType::ed25519);
}

Result<Transaction> Journal::begin() const {
  SHOMEI_TRY(auto rows, engine_.begin(Access::write));
  return Transaction(std::move(rows), *this);
}

Result<std::unique_ptr<Rows>> Journal::read() const {
  return engine_.begin(Access::read);
}

}  // namespace shomei::journal
