// MemoryEngine: the store in memory, for tests. Readers keep the state of the moment at which they began; a
// writer changes a copy, which takes the state's place when it is committed. Safe to call from several
// threads. Its Rows and holds must not outlive the MemoryStore, which several engines may share as they would
// share a file.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <semaphore>

#include "journal/rows.h"

namespace shomei::store {

struct MemoryState;

// What a file is to the other engines. Made empty.
class MemoryStore {
 public:
  MemoryStore();
  ~MemoryStore();
  MemoryStore(const MemoryStore&) = delete;
  MemoryStore& operator=(const MemoryStore&) = delete;

 private:
  friend class MemoryEngine;
  friend class MemoryRows;
  friend class MemoryHold;
  std::shared_ptr<const MemoryState> state();
  void replace_state(std::shared_ptr<const MemoryState> with);

  std::mutex mutex_;
  std::shared_ptr<const MemoryState> state_;  // of the last commit; guarded by mutex_
  std::binary_semaphore writer_{1};
  int holds_ = 0;  // shared ones, or -1: one holds it alone; guarded by mutex_
};

class MemoryEngine final : public journal::Engine {
 public:
  static constexpr std::chrono::milliseconds kBusyMax{10'000};

  // `most` read: refused "store_read_only" for a write.
  explicit MemoryEngine(MemoryStore& store, journal::Access most = journal::Access::write)
      : store_(store), most_(most) {}

  Result<std::unique_ptr<journal::Rows>> begin(journal::Access access) override;
  Result<std::unique_ptr<journal::ActsHold>> hold_acts(journal::Hold hold) override;

 private:
  MemoryStore& store_;
  journal::Access most_;
};

}  // namespace shomei::store
