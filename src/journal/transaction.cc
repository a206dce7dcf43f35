#include "journal/transaction.h"

#include <algorithm>

#include "base/check.h"
#include "base/version.h"
#include "crypto/random.h"
#include "journal/sequencer.h"

namespace shomei::journal {
namespace {

// Whoever reads the entry in twenty years wants to know which program made it.
Fields signed_off(Fields officer) {
  officer.insert_or_assign(std::string(field::kSoftware), to_bytes(kSoftware));
  return officer;
}

std::array<std::optional<Part>, 3> salted(std::array<Bytes, 3> bodies) {
  std::array<std::optional<Part>, 3> parts;
  const Bytes salts = crypto::random_bytes(bodies.size() * Part{}.salt.size());
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    Part part;
    const auto salt = ByteView(salts).subspan(i * part.salt.size(), part.salt.size());
    std::ranges::copy(salt, part.salt.begin());
    part.body = std::move(bodies[i]);
    parts[i] = std::move(part);
  }
  return parts;
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

}  // namespace

Result<SealedDraft> SealedDraft::seal(const Draft& draft) {
  SealedDraft sealed;
  auto& stored = sealed.stored_;
  stored.entry.act = draft.act;
  stored.entry.phase = draft.phase;
  stored.parts = salted({encode_status_part(draft.status), encode_fields(draft.person),
                         encode_fields(signed_off(draft.officer))});
  SHOMEI_CHECK(check_lengths(stored));
  for (auto kind : kPartKinds) {
    const auto i = static_cast<std::size_t>(kind);
    stored.entry.commitments[i] = journal::commit(kind, *stored.parts[i]);
  }
  sealed.about_ = draft.about;
  return sealed;
}

Transaction::Transaction(std::unique_ptr<Turn> turn) : turn_(std::move(turn)) {}
Transaction::Transaction(Transaction&& other) noexcept = default;

Rows& Transaction::rows() {
  SHOMEI_INVARIANT(turn_ != nullptr);
  return *turn_->sequencer.group_->rows;
}

Result<std::uint64_t> Transaction::append(const Draft& draft) {
  SHOMEI_TRY(auto sealed, SealedDraft::seal(draft));
  return append(std::move(sealed));
}

Result<std::uint64_t> Transaction::append(SealedDraft&& draft) {
  SealedDraft sealed = std::move(draft);  // used up: no two entries have the same salts
  auto& entry = sealed.stored_.entry;
  // Until the entry and its leaf are both put, the transaction may not be committed.
  SHOMEI_INVARIANT(turn_ && !turn_->broken && !entry.act.empty());
  entry.sequence = turn_->size;
  const InstantMs now = turn_->sequencer.clock_.now_ms();
  entry.recorded_at = entry.sequence == 0 ? now : std::max(now, turn_->last_recorded_at);
  turn_->broken = true;
  SHOMEI_CHECK(rows().put_entry(sealed.stored_, sealed.about_));
  turn_->leaves.push_back(leaf_hash(encode_entry(entry)));
  turn_->broken = false;
  turn_->last_recorded_at = entry.recorded_at;
  return turn_->size++;
}

Result<void> Transaction::commit() {
  SHOMEI_INVARIANT(turn_ && !turn_->broken);
  auto& sequencer = turn_->sequencer;
  SHOMEI_CHECK(rows().end_act());
  const auto turn = std::exchange(turn_, nullptr);
  for (const auto& leaf : turn->leaves) sequencer.edge_.add(leaf);
  sequencer.head_.size = turn->size;
  sequencer.head_.last_recorded_at = turn->last_recorded_at;
  sequencer.appended_ = sequencer.appended_ || !turn->leaves.empty();
  const auto group = sequencer.group_;
  ++group->acts;
  if (turn->of_series()) return {};
  if (sequencer.group_is_due()) sequencer.end_group();
  turn->lock.unlock();
  return sequencer.wait_for(group);
}

Transaction::~Transaction() {
  if (!turn_) return;
  auto& sequencer = turn_->sequencer;
  const auto undone = sequencer.group_->rows->undo_act();
  // Where the act cannot be taken back, nothing of its group can be kept.
  if (!undone)
    sequencer.fail_group(undone.error());
  else if (!turn_->of_series() && sequencer.group_is_due())
    sequencer.end_group();
}

Journal::Journal(Engine& engine, crypto::Signer& checkpoint_signer, const Clock& clock, std::string origin)
    : engine_(engine),
      clock_(clock),
      origin_(std::move(origin)),
      sequencer_(std::make_unique<Sequencer>(engine_, checkpoint_signer, clock_, origin_)) {
  SHOMEI_INVARIANT(checkpoint_signer.public_key().type() == crypto::KeyType::ed25519);
}
Journal::~Journal() = default;

Result<Transaction> Journal::begin() const {
  return sequencer_->begin();
}

Result<std::unique_ptr<Rows>> Journal::read() const {
  return engine_.begin(Access::read);
}

std::uint64_t Journal::commits() const {
  return sequencer_->commits();
}

}  // namespace shomei::journal
