#include "store/memory/engine.h"

#include "base/check.h"
#include "store/memory/rows.h"

namespace shomei::store {

MemoryStore::MemoryStore() : state_(std::make_shared<MemoryState>()) {}
MemoryStore::~MemoryStore() = default;

std::shared_ptr<const MemoryState> MemoryStore::state() {
  const std::lock_guard lock(mutex_);
  return state_;
}

void MemoryStore::replace_state(std::shared_ptr<const MemoryState> with) {
  const std::lock_guard lock(mutex_);
  state_ = std::move(with);
}

class MemoryHold final : public journal::ActsHold {
 public:
  MemoryHold(MemoryStore& store, journal::Hold hold) : store_(store), hold_(hold) {}
  ~MemoryHold() override {
    const std::lock_guard lock(store_.mutex_);
    store_.holds_ = hold_ == journal::Hold::alone ? 0 : store_.holds_ - 1;
  }
  MemoryHold(const MemoryHold&) = delete;
  MemoryHold& operator=(const MemoryHold&) = delete;

 private:
  MemoryStore& store_;
  journal::Hold hold_;
};

Result<std::unique_ptr<journal::Rows>> MemoryEngine::begin(journal::Access access) {
  const bool writes = access == journal::Access::write;
  if (writes && most_ == journal::Access::read) return refused("store_read_only", {{"path", "memory"}});
  if (writes && !store_.writer_.try_acquire_for(kBusyMax))
    return unavailable("store_busy", {{"path", "memory"}, {"what", "another thread writes"}});
  std::unique_ptr<journal::Rows> rows = std::make_unique<MemoryRows>(store_, access);  // has the turn
  SHOMEI_TRY(const auto to, rows->retired_to());
  if (writes && to) return refused("store_moved", {{"path", "memory"}, {"to", *to}});
  return rows;
}

Result<std::unique_ptr<journal::ActsHold>> MemoryEngine::hold_acts(journal::Hold hold) {
  const bool alone = hold == journal::Hold::alone;
  const std::lock_guard lock(store_.mutex_);
  if (store_.holds_ < 0 || (alone && store_.holds_ > 0)) return std::unique_ptr<journal::ActsHold>();
  store_.holds_ = alone ? -1 : store_.holds_ + 1;
  return std::unique_ptr<journal::ActsHold>(std::make_unique<MemoryHold>(store_, hold));
}

MemoryRows::MemoryRows(MemoryStore& store, journal::Access access)
    : store_(store), access_(access), seen_(store.state()) {}

MemoryRows::~MemoryRows() {
  leave();
}

void MemoryRows::leave() {
  if (!ended_ && access_ == journal::Access::write) store_.writer_.release();
  ended_ = true;
}

MemoryState& MemoryRows::changed() {
  SHOMEI_INVARIANT(access_ == journal::Access::write && !ended_);
  if (!own_) own_ = std::make_shared<MemoryState>(*seen_);
  return *own_;
}

// The copy is made for the state before the act, which is thrown away in most cases: what is changed stays at
// its place, for those who are walking through it.
Result<void> MemoryRows::begin_act() {
  SHOMEI_INVARIANT(!in_act_);
  in_act_ = true;
  before_act_ = own_ ? std::make_shared<MemoryState>(*own_) : nullptr;
  return {};
}

Result<void> MemoryRows::end_act() {
  SHOMEI_INVARIANT(in_act_);
  in_act_ = false;
  before_act_ = nullptr;
  return {};
}

Result<void> MemoryRows::undo_act() {
  SHOMEI_INVARIANT(in_act_);
  own_ = std::move(before_act_);
  return end_act();
}

Result<void> MemoryRows::commit() {
  SHOMEI_INVARIANT(access_ == journal::Access::write && !ended_ && !in_act_);
  if (own_) store_.replace_state(own_);
  leave();
  return {};
}

}  // namespace shomei::store
