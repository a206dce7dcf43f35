// Follower: keeps a StatusList at the head of a journal. It reads the status parts alone; no person's data is
// asked for. It fails closed: a part that does not match its commitment, or an entry that does not fit the
// list, stops it for good.
#pragma once

#include <cstdint>
#include <mutex>

#include "base/calendar.h"
#include "base/result.h"
#include "journal/rows.h"
#include "status/status_list.h"

namespace shomei::status {

class Follower {
 public:
  // All outlive the follower.
  Follower(journal::Engine& engine, StatusList& list, const Clock& clock)
      : engine_(engine), list_(list), clock_(clock) {}

  // Applies what the journal has and the list has not, and marks the list as caught up with the moment before
  // it looked. From any thread. refused "status_part_untrue"; what store and list say. After such an error
  // every call repeats it.
  Result<void> catch_up();
  std::uint64_t next() const;  // the sequence number that it waits for

 private:
  Result<void> apply_new_entries();
  journal::Engine& engine_;
  StatusList& list_;
  const Clock& clock_;
  mutable std::mutex mutex_;  // of the rest
  std::uint64_t next_ = 0;
  Result<void> broken_;  // an error once the journal and the list have come apart
};

}  // namespace shomei::status
