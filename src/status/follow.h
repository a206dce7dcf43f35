// Follower: keeps a StatusList at the head of a journal. It reads the status parts alone; no person's data is
// asked for. Nothing is applied before it is shown to be what the journal's key has signed: each entry is
// hashed into a tree of the follower's own, whose root must be that of a checkpoint, or of a tree that the
// checkpoint's continues. It fails closed: what does not fit ends it for good, and the list is distrusted.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <future>
#include <mutex>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/result.h"
#include "journal/checkpoint.h"
#include "journal/entry.h"
#include "journal/rows.h"
#include "journal/status_part.h"
#include "journal/tree.h"
#include "status/status_list.h"

namespace shomei::status {

// How far a follower has come: what a snapshot keeps beside the list.
struct Position {
  std::uint64_t size = 0;  // entries applied
  std::vector<journal::Sha256> peaks;
  std::string checkpoint;  // the signed note over just so many; empty when there are none
};

class Follower {
 public:
  // Told of what an entry has changed once every answer shows it. On the thread that catches up.
  using Observer = std::function<void(const journal::Entry&, const std::vector<journal::StatusChange>&)>;

  // All outlive the follower. The key is the journal's; checkpoints must be of its name.
  Follower(journal::Engine& engine, StatusList& list, const Clock& clock, journal::VerifierKey key,
           Observer observer = {});
  ~Follower();

  // The list was taken from a snapshot that stands here. Before the first catch_up(). refused
  // "status_root_differs" {size}: the peaks are not those of the checkpoint; what open_checkpoint says.
  Result<void> resume(const Position& position);

  // Applies what the journal has and the list has not, and marks the list as caught up with the moment before
  // it looked. From any thread. What the store says may pass. What does not fit ends it, every call repeats
  // it, and the list is distrusted: refused "status_part_untrue" {sequence}, "status_sequence_gap"
  // {sequence}, "status_journal_shrank" {size, next}, "status_root_differs" {size} (the journal has forked,
  // or its past was changed), "status_checkpoint_foreign" {origin}; malformed of what is no entry or no note;
  // what the list says.
  Result<void> catch_up();

  std::uint64_t next() const { return next_.load(); }  // the sequence number that it waits for
  std::uint64_t head() const { return head_.load(); }  // the journal's size when it last looked
  InstantMs heard_at() const { return InstantMs(heard_at_.load()); }  // the store answered; zero before

  // At the head, with a merged list and where it stands: what a snapshot is made of. As catch_up.
  struct Standstill {
    ListContents contents;
    Position position;
  };
  Result<Standstill> stand_still();

 private:
  struct Applied {
    journal::Entry entry;
    std::vector<journal::StatusChange> changes;
  };
  Result<void> catch_up_locked();
  Result<bool> step(journal::Rows& rows, const journal::Head& head);  // whether there is more
  Result<void> stage(const journal::StoredEntry& stored, journal::TreeHasher& tree,
                     std::vector<Applied>& staged) const;
  Result<journal::Checkpoint> open(const std::string& note) const;
  Result<void> prove(journal::Rows& rows, const journal::Head& head, const journal::TreeHasher& tree) const;
  Result<void> apply(const std::vector<Applied>& staged);
  void merge();
  void finish_merging();
  Error end(Error why);

  journal::Engine& engine_;
  StatusList& list_;
  const Clock& clock_;
  const journal::VerifierKey key_;
  Observer observer_;
  std::atomic<std::uint64_t> next_{0}, head_{0};
  std::atomic<std::chrono::milliseconds> heard_at_{};
  std::mutex mutex_;  // of the rest
  journal::TreeHasher tree_;
  std::string checkpoint_;  // the last that was proven
  std::optional<Error> ended_;
  std::optional<StatusList::Merging> merging_;
  std::future<void> merged_;
};

}  // namespace shomei::status
