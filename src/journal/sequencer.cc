#include "journal/sequencer.h"

#include <tuple>
#include <utility>

#include "base/check.h"
#include "journal/checkpoint.h"

namespace shomei::journal {
namespace {

using namespace std::chrono_literals;

constexpr auto kTurnWaitMax = 30s;
// A group ends when nobody waits any more, when it is this large, or when its first act has waited this long.
constexpr std::size_t kGroupActsMax = 512;
constexpr auto kGroupAgeMax = 10ms;
// Who waits for a group looks this often whether anybody is there to end it.
constexpr auto kLookPause = 20ms;

TileReader tiles_of(Rows& rows) {
  return [&rows](unsigned level, std::uint64_t index) -> Result<Bytes> {
    SHOMEI_TRY(auto tile, rows.tile(level, index));
    if (!tile)
      return internal("journal_tile_short",
                      {{"level", std::to_string(level)}, {"index", std::to_string(index)}});
    return *std::move(tile);
  };
}

}  // namespace

Result<Transaction> Sequencer::begin() {
  SHOMEI_TRY(auto turn, take_turn());
  return begin_act(std::move(turn));
}

Result<Sequencer::Lock> Sequencer::take_turn() {
  ++waiting_;
  Lock turn(turn_, kTurnWaitMax);
  --waiting_;
  if (!turn.owns_lock()) return unavailable("journal_busy");
  if (!group_) SHOMEI_CHECK(open_group());
  return turn;
}

Result<Transaction> Sequencer::begin_act(Lock turn) {
  if (auto begun = group_->rows->begin_act(); !begun) {
    fail_group(begun.error());
    return std::move(begun).error();
  }
  auto mine = std::make_unique<Transaction::Turn>(*this, std::move(turn));
  mine->size = head_.size;
  mine->last_recorded_at = head_.last_recorded_at;
  return Transaction(std::move(mine));
}

Result<void> Sequencer::open_group() {
  SHOMEI_TRY(auto rows, engine_.begin(Access::write));
  SHOMEI_TRY(auto head, rows->head());
  // Another process may have written since; and what a failed group had added is not in the tree.
  if (head.size != edge_.size() || head.checkpoint != head_.checkpoint) {
    SHOMEI_TRY(edge_, TreeEdge::load(head.size, tiles_of(*rows)));
  }
  head_ = std::move(head);
  appended_ = false;
  group_ = std::make_shared<Group>(std::move(rows));
  return {};
}

bool Sequencer::group_is_due() const {
  return waiting_.load() == 0 || group_->acts >= kGroupActsMax ||
         std::chrono::steady_clock::now() - group_->since >= kGroupAgeMax;
}

Result<void> Sequencer::seal_group() {
  if (appended_) {
    for (const auto& tile : edge_.take_changes())
      SHOMEI_CHECK(group_->rows->put_tile(tile.level, tile.index, tile.hashes));
    SHOMEI_TRY(head_.checkpoint, sign_checkpoint({origin_, head_.size, edge_.root()}, signer_));
    SHOMEI_CHECK(group_->rows->put_head(head_));
  }
  SHOMEI_CHECK(group_->rows->commit());
  ++commits_;
  return {};
}

void Sequencer::end_group() {
  finish_group(group_->acts > 0 ? seal_group() : Result<void>{});
}

void Sequencer::fail_group(const Error& error) {
  finish_group(error);
}

void Sequencer::finish_group(const Result<void>& how) {
  const auto group = std::exchange(group_, nullptr);
  // What is in memory is then of entries that are not in the store: the next group looks again.
  if (!how) {
    head_ = {};
    edge_ = {};
  }
  group->rows.reset();
  {
    const std::lock_guard lock(ends_);
    group->ended = true;
    if (!how) group->failure = how.error();
  }
  ended_.notify_all();
}

Result<void> Sequencer::wait_for(const std::shared_ptr<Group>& group) {
  std::unique_lock lock(ends_);
  while (!group->ended) {
    if (ended_.wait_for(lock, kLookPause, [&] { return group->ended; })) break;
    lock.unlock();
    // Those for whom the group was left open may have given up waiting.
    if (Lock turn(turn_, std::try_to_lock); turn.owns_lock() && group_ == group) end_group();
    lock.lock();
  }
  if (group->failure) return *group->failure;
  return {};
}

Result<Transaction> Series::begin() {
  if (gave_up_) return *gave_up_;
  if (!group_) {
    SHOMEI_INVARIANT(!turn_.owns_lock());
    auto turn = sequencer_.take_turn();
    if (!turn) {
      gave_up_ = turn.error();
      return std::move(turn).error();
    }
    turn_ = *std::move(turn);
    group_ = sequencer_.group_;
  }
  SHOMEI_INVARIANT(turn_.owns_lock());
  // Only a failure ends a group while somebody else has the turn.
  if (sequencer_.group_ != group_) return *group_->failure;
  return sequencer_.begin_act({});
}

Result<void> Series::commit() {
  const auto group = std::exchange(group_, nullptr);
  if (!group) return {};
  // Its acts are many enough for a commit, and their next step need not wait for others' acts.
  if (sequencer_.group_ == group) sequencer_.end_group();
  turn_.unlock();
  return sequencer_.wait_for(group);
}

Series::~Series() {
  std::ignore = commit();
}

}  // namespace shomei::journal
