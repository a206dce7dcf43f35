// FrontProbe: keeps asking the status service through its front door, as a client does, whether it answers
// and how soon a revocation shows. It asks about each revocation that it can keep up with, again and again
// until an answer says so; and once a second about a number that nobody has.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "app/follow_journal.h"
#include "http/client.h"
#include "status/freshness.h"
#include "status/status_list.h"

namespace shomei::app {

class FrontProbe {
 public:
  // `token` is shown where it is not empty. All but it and the URL outlive the probe.
  FrontProbe(std::string url, std::string token, JournalFollower& follower, const status::StatusList& list,
             status::Freshness& freshness, const Clock& clock);
  ~FrontProbe();  // stops
  FrontProbe(const FrontProbe&) = delete;
  FrontProbe& operator=(const FrontProbe&) = delete;

 private:
  enum class Said { revoked, otherwise, nothing };
  void run();
  bool pause(std::chrono::milliseconds time);  // false: it is to stop
  void follow(const ShownRevocation& shown);
  void look();
  Said ask(const status::Authority& authority, const pki::SerialNumber& serial);

  std::string url_, token_;
  JournalFollower& follower_;
  const status::StatusList& list_;
  status::Freshness& freshness_;
  const Clock& clock_;
  std::optional<http::Client> client_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stop_ = false;
  std::thread thread_;  // last: it uses the others
};

}  // namespace shomei::app
