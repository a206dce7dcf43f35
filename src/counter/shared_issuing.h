// SharedIssuing: issues for many callers at once. Workers prove, decide and sign, each request by itself; one
// committer makes durable together whatever intents and results there are when it comes back from the disk.
// So the processors sign while the disk writes, and the more callers there are, the more share a commit;
// nobody waits for others to come.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "counter/issue_online.h"

namespace shomei::counter {

class SharedIssuing {
 public:
  // As many workers as there are processors; more where they wait for a token that signs.
  explicit SharedIssuing(Parts parts, unsigned workers);
  SharedIssuing(const SharedIssuing&) = delete;
  SharedIssuing& operator=(const SharedIssuing&) = delete;
  ~SharedIssuing();  // nobody is in issue()

  // As issue_certificate; from any thread.
  Result<journal::CertificateRecord> issue(const CertificateRequest& request);

 private:
  struct Job;
  using Jobs = std::vector<std::shared_ptr<Job>>;
  void work();
  void commit_again_and_again();
  void stop();
  // Whether the step was gone through; where not, the jobs have ended with the reason.
  static bool guard(const Jobs& jobs, const std::function<void()>& step);
  void propose(const Jobs& jobs);
  void sign(const std::shared_ptr<Job>& job);
  void commit(const Jobs& jobs);
  void make_durable(const Jobs& jobs, Jobs& to_sign, Jobs& finished);
  void pass_on(const Jobs& jobs, std::deque<std::shared_ptr<Job>>& to, std::condition_variable& whom);
  static void finish(Job& job);

  const Parts parts_;
  const unsigned workers_;
  std::mutex mutex_;
  std::condition_variable for_workers_, for_committer_;
  // Guarded by mutex_: where the jobs are that nobody has in hand.
  std::deque<std::shared_ptr<Job>> arrived_, to_sign_, to_commit_;
  bool stopping_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace shomei::counter
