#include "status/follow.h"

#include "journal/tiles.h"

namespace shomei::status {
namespace {

// So many changes are proven and shown together: memory stays bounded while a long way is caught up.
constexpr std::size_t kStagedChangesMax = 20'000;
constexpr std::size_t kUnmergedMax = 4 * 1024 * 1024;

// One overload a change: what it means for the list.
class Applier {
 public:
  explicit Applier(StatusList& list) : list_(list) {}
  Result<void> operator()(const journal::AuthorityAdded& c) {
    return list_.add_authority(c.authority, c.certificate);
  }
  Result<void> operator()(const journal::SerialReserved&) { return {}; }  // unknown until it is issued
  Result<void> operator()(const journal::CertificateIssued& c) {
    return list_.issued(c.authority, c.serial, c.not_after, c.partition);
  }
  Result<void> operator()(const journal::CertificateRevoked& c) {
    return list_.revoked(c.authority, c.serial, c.revoked_at, c.reason);
  }
  Result<void> operator()(const journal::CertificateSuspended& c) {
    return list_.suspended(c.authority, c.serial, c.suspended_at);
  }
  Result<void> operator()(const journal::CertificateRestored& c) {
    return list_.restored(c.authority, c.serial);
  }
  Result<void> operator()(const journal::CrlPublished&) { return {}; }

 private:
  StatusList& list_;
};

Error root_differs(std::uint64_t size) {
  return refused("status_root_differs", {{"size", std::to_string(size)}}, "RFC 9162 2.1");
}

}  // namespace

Follower::Follower(journal::Engine& engine, StatusList& list, const Clock& clock, journal::VerifierKey key,
                   Observer observer)
    : engine_(engine), list_(list), clock_(clock), key_(std::move(key)), observer_(std::move(observer)) {}

Follower::~Follower() {
  finish_merging();
}

Error Follower::end(Error why) {
  ended_ = why;
  list_.distrust(why);
  return why;
}

Result<journal::Checkpoint> Follower::open(const std::string& note) const {
  SHOMEI_TRY(auto checkpoint, journal::open_checkpoint(note, key_));
  if (checkpoint.origin != key_.name)
    return refused("status_checkpoint_foreign", {{"origin", checkpoint.origin}});
  return checkpoint;
}

Result<void> Follower::resume(const Position& position) {
  const std::lock_guard lock(mutex_);
  journal::TreeHasher tree(position.size, position.peaks);
  if (position.size > 0) {
    SHOMEI_TRY(const auto checkpoint, open(position.checkpoint));
    if (checkpoint.size != position.size || checkpoint.root != tree.root())
      return root_differs(position.size);
  }
  tree_ = std::move(tree);
  next_ = position.size;
  checkpoint_ = position.checkpoint;
  return {};
}

Result<void> Follower::catch_up() {
  const std::lock_guard lock(mutex_);
  return catch_up_locked();
}

Result<void> Follower::catch_up_locked() {
  if (ended_) return *ended_;
  const InstantMs looked_at = clock_.now_ms();  // before reading: what comes in meanwhile is not vouched for
  SHOMEI_TRY(const auto rows, engine_.begin(journal::Access::read));
  SHOMEI_TRY(const auto head, rows->head());
  head_ = head.size;
  heard_at_ = looked_at.time_since_epoch();
  for (bool more = true; more;) {
    SHOMEI_TRY(more, step(*rows, head));
    merge();
  }
  list_.caught_up(std::chrono::floor<std::chrono::seconds>(looked_at));
  return {};
}

// One step: what it reads is proven as a whole and then shown.
Result<bool> Follower::step(journal::Rows& rows, const journal::Head& head) {
  if (head.size < next_)
    return end(refused("status_journal_shrank",
                       {{"size", std::to_string(head.size)}, {"next", std::to_string(next_)}}));
  if (head.size == next_ && head.checkpoint == checkpoint_) return false;
  journal::TreeHasher tree = tree_;
  std::vector<Applied> staged;
  std::size_t changes = 0;
  Result<void> untrue;
  if (tree.size() < head.size)
    SHOMEI_CHECK(rows.each_entry(tree.size(), {true, false, false}, [&](const journal::StoredEntry& stored) {
      untrue = stage(stored, tree, staged);
      if (untrue) changes += staged.back().changes.size();
      return untrue && tree.size() < head.size && changes < kStagedChangesMax &&
             staged.size() < kStagedChangesMax;
    }));
  if (!untrue) return end(std::move(untrue).error());
  if (tree.size() == tree_.size() && tree.size() < head.size)
    return end(refused("status_sequence_gap", {{"sequence", std::to_string(tree.size())}}));
  if (auto proven = prove(rows, head, tree); !proven) {
    if (proven.error().fault == Fault::unavailable) return std::move(proven).error();
    return end(std::move(proven).error());
  }
  if (auto applied = apply(staged); !applied) return end(std::move(applied).error());
  tree_ = std::move(tree);
  if (tree_.size() == head.size) checkpoint_ = head.checkpoint;
  return tree_.size() < head.size;
}

Result<void> Follower::stage(const journal::StoredEntry& stored, journal::TreeHasher& tree,
                             std::vector<Applied>& staged) const {
  if (stored.entry.sequence != tree.size())
    return refused("status_sequence_gap", {{"sequence", std::to_string(tree.size())}});
  const auto& part = stored.parts[static_cast<std::size_t>(journal::PartKind::status)];
  if (!part || journal::commit(journal::PartKind::status, *part) != stored.entry.commitments[0])
    return refused("status_part_untrue", {{"sequence", std::to_string(stored.entry.sequence)}});
  SHOMEI_TRY(auto changes, journal::parse_status_part(part->body));
  tree.add(journal::leaf_hash(journal::encode_entry(stored.entry)));
  staged.push_back({stored.entry, std::move(changes)});
  return {};
}

// The tree is the checkpoint's, or the checkpoint's continues it (RFC 9162 2.1.4).
Result<void> Follower::prove(journal::Rows& rows, const journal::Head& head,
                             const journal::TreeHasher& tree) const {
  if (head.size == 0) return {};
  SHOMEI_TRY(const auto checkpoint, open(head.checkpoint));
  if (checkpoint.size != head.size) return root_differs(head.size);
  if (tree.size() == head.size)
    return checkpoint.root == tree.root() ? Result<void>{} : root_differs(head.size);
  const auto tiles = [&](unsigned level, std::uint64_t index) -> Result<Bytes> {
    SHOMEI_TRY(auto tile, rows.tile(level, index));
    if (!tile) return root_differs(head.size);
    return *std::move(tile);
  };
  SHOMEI_TRY(const auto path, journal::consistency_proof(tree.size(), head.size, journal::nodes_of(tiles)));
  if (!journal::verify_consistency(tree.size(), head.size, tree.root(), checkpoint.root, path))
    return root_differs(tree.size());
  return {};
}

Result<void> Follower::apply(const std::vector<Applied>& staged) {
  Applier applier(list_);
  for (const auto& one : staged) {
    for (const auto& change : one.changes) SHOMEI_CHECK(std::visit(applier, change));
    next_ = one.entry.sequence + 1;
    if (observer_) observer_(one.entry, one.changes);
  }
  return {};
}

// Beside who reads and who applies; where a long way is caught up faster than rows are merged, it waits.
void Follower::merge() {
  using namespace std::chrono_literals;
  if (merging_ && (merged_.wait_for(0s) == std::future_status::ready || list_.unmerged() > kUnmergedMax))
    finish_merging();
  if (merging_ || !list_.wants_merging()) return;
  merging_ = list_.begin_merging();
  merged_ = std::async(std::launch::async, [this] { merging_->run(); });
}

void Follower::finish_merging() {
  if (!merging_) return;
  merged_.get();
  list_.adopt(*std::move(merging_));
  merging_.reset();
}

Result<Follower::Standstill> Follower::stand_still() {
  const std::lock_guard lock(mutex_);
  SHOMEI_CHECK(catch_up_locked());
  finish_merging();
  return Standstill{list_.contents(), {tree_.size(), tree_.peaks(), checkpoint_}};
}

}  // namespace shomei::status
