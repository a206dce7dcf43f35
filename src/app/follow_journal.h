// JournalFollower: keeps a status list at the head of the journal while the services run, and times how long
// revocations take until the list shows them.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "journal/rows.h"
#include "status/follow.h"
#include "status/freshness.h"

namespace shomei::app {

// A revocation or suspension that the list shows, for a probe to ask about.
struct ShownRevocation {
  std::string authority;
  pki::SerialNumber serial;
  InstantMs recorded_at;
};

class JournalFollower {
 public:
  using Report =
      std::function<void(const Result<void>& tried)>;  // how each look ended that was not as before
  // All outlive it.
  JournalFollower(journal::Engine& engine, status::StatusList& list, const Clock& clock,
                  journal::VerifierKey key, status::Freshness& freshness, Report report);
  ~JournalFollower();  // stops
  JournalFollower(const JournalFollower&) = delete;
  JournalFollower& operator=(const JournalFollower&) = delete;

  status::Follower& follower() { return follower_; }
  // Follows from now on, in a thread of its own.
  void start();
  // Waits until the journal was looked at anew, for as long as that takes of a journal that answers; false
  // when it does not. From any thread.
  bool look_again() const;
  // The latest of those that were shown since it was asked; only a few are kept, for one who asks slowly.
  std::optional<ShownRevocation> take_shown();

 private:
  void run();
  void shown(const journal::Entry& entry, const std::vector<journal::StatusChange>& changes);

  journal::Engine& engine_;
  const Clock& clock_;
  status::Freshness& freshness_;
  Report report_;
  std::atomic<bool> current_{false}, stop_{false};
  std::atomic<std::uint64_t> looks_{0};  // that the journal answered
  std::atomic<std::chrono::steady_clock::time_point> looked_at_{};
  std::mutex mutex_;  // of the next
  std::deque<ShownRevocation> shown_;
  status::Follower follower_;
  std::thread thread_;
};

}  // namespace shomei::app
