// Sequencer: the order in which acts enter the journal, and the group commit. Acts take turns in one
// transaction of the engine; who leaves while others wait for their turn does not commit but waits for the
// one who does, so that many acts share one write to the disk, one checkpoint and one rewriting of the tiles
// at the tree's edge. An act alone commits at once.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "crypto/signer.h"
#include "journal/tiles.h"
#include "journal/transaction.h"

namespace shomei::journal {

// What shares a commit.
struct Group {
  explicit Group(std::unique_ptr<Rows> of) : rows(std::move(of)) {}
  std::unique_ptr<Rows> rows;
  std::size_t acts = 0;  // that are to be committed
  std::chrono::steady_clock::time_point since = std::chrono::steady_clock::now();
  // Guarded by Sequencer::ends_.
  bool ended = false;
  std::optional<Error> failure;
};

class Sequencer {
 public:
  Sequencer(Engine& engine, crypto::Signer& signer, const Clock& clock, const std::string& origin)
      : engine_(engine), signer_(signer), clock_(clock), origin_(origin) {}

  Result<Transaction> begin();
  std::uint64_t commits() const { return commits_.load(); }

 private:
  friend class Transaction;
  friend class Series;
  using Lock = std::unique_lock<std::timed_mutex>;

  Result<Lock> take_turn();  // and a group is open
  // With the turn:
  Result<Transaction> begin_act(Lock turn);  // a series keeps its turn: then `turn` is none
  Result<void> open_group();
  bool group_is_due() const;
  void end_group();                            // commits what it has, and tells the others
  void fail_group(const Error& error);         // nothing of it can be kept
  Result<void> seal_group();                   // tiles, checkpoint, head, commit
  void finish_group(const Result<void>& how);  // tells the others
  // Without the turn: until the group has ended.
  Result<void> wait_for(const std::shared_ptr<Group>& group);

  Engine& engine_;
  crypto::Signer& signer_;
  const Clock& clock_;
  const std::string& origin_;
  std::atomic<std::uint64_t> commits_{0};

  std::atomic<int> waiting_{0};  // for their turn
  std::timed_mutex turn_;
  // Whoever has the turn has these.
  std::shared_ptr<Group> group_;  // null: none is open
  TreeEdge edge_;                 // of the tree with the group's entries
  Head head_;                     // size and time with the group's entries; the checkpoint of the last commit
  bool appended_ = false;         // entries, to the group

  std::mutex ends_;
  std::condition_variable ended_;
};

// An act's turn: what it has appended becomes the group's when it commits.
struct Transaction::Turn {
  Turn(Sequencer& of, std::unique_lock<std::timed_mutex> turn) : sequencer(of), lock(std::move(turn)) {}
  bool of_series() const { return !lock.owns_lock(); }
  Sequencer& sequencer;
  std::unique_lock<std::timed_mutex> lock;  // none: the series has it
  std::vector<Sha256> leaves;
  std::uint64_t size = 0;  // of the journal with them
  InstantMs last_recorded_at{};
  bool broken = false;  // something failed midway: what is left to do is to drop the transaction
};

}  // namespace shomei::journal
