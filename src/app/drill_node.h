// DrillNode: a status node of a rehearsal, without its sockets: it follows the journal of the copy as every
// node does, in a thread of its own, and answers with the responder's key.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "app/follow_journal.h"
#include "home/home.h"
#include "status/respond.h"

namespace shomei::app {

class DrillNode {
 public:
  // The home, open for writing, outlives the node.
  static Result<std::unique_ptr<DrillNode>> start(home::Home& home);
  ~DrillNode();

  status::Responder& responder() { return responder_; }

  // Something was committed just now, up to that entry: from here on it is timed until this node shows it.
  void committed(std::uint64_t sequence);
  // Waits until it shows everything that was committed. unavailable "drill_node_silent", "interrupted".
  Result<void> wait(const std::function<bool()>& stop) const;
  // Between a commit and this node showing it, in milliseconds, one for each committed().
  std::vector<double> lags();
  // What a signed answer of this node says of that certificate now; nothing is signed where it says nothing.
  enum class Answer { nothing, good, revoked, unknown };
  Answer answer(const std::string& authority, const pki::SerialNumber& serial);

 private:
  using Watch = std::chrono::steady_clock;
  struct Commit {
    std::uint64_t sequence = 0;
    Watch::time_point at;
  };
  DrillNode(home::Home& home, std::unique_ptr<journal::Engine> engine, journal::VerifierKey key);
  void watch();

  std::unique_ptr<journal::Engine> engine_;
  status::StatusList list_;
  status::Freshness freshness_;
  JournalFollower follower_;
  status::Responder responder_;
  mutable std::mutex mutex_;  // of the next two
  std::deque<Commit> waiting_;
  std::vector<double> lags_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

}  // namespace shomei::app
