#include "counter/shared_issuing.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <string>
#include <utility>

#include "counter/online_issue.h"

namespace shomei::counter {
namespace {

// A view of the rows costs as much as two or three requests that are looked at in it.
constexpr std::size_t kProposedTogetherMax = 8;
// Whoever writes something else waits for a commit of so many to end.
constexpr std::size_t kCommittedTogetherMax = 64;

}  // namespace

struct SharedIssuing::Job {
  Job(const Parts& parts, const CertificateRequest& request) : issue(parts, request) {}

  OnlineIssue issue;
  std::optional<authority::Intent> intent;               // to be signed
  std::optional<authority::SignedIntent> signed_intent;  // to be recorded
  std::mutex mutex{};
  std::condition_variable woken{};
  bool done = false;  // guarded by `mutex`
};

SharedIssuing::SharedIssuing(Parts parts, unsigned workers)
    : parts_(std::move(parts)), workers_(std::max(1U, workers)) {
  try {
    for (unsigned i = 0; i < workers_; ++i) threads_.emplace_back([this] { work(); });
    threads_.emplace_back([this] { commit_again_and_again(); });
  } catch (...) {
    stop();
    throw;
  }
}

SharedIssuing::~SharedIssuing() {
  stop();
}

void SharedIssuing::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  for_workers_.notify_all();
  for_committer_.notify_all();
}

Result<journal::CertificateRecord> SharedIssuing::issue(const CertificateRequest& request) {
  const auto job = std::make_shared<Job>(parts_, request);
  pass_on({job}, arrived_, for_workers_);
  {
    std::unique_lock lock(job->mutex);
    job->woken.wait(lock, [&] { return job->done; });
  }
  return job->issue.answer();
}

void SharedIssuing::pass_on(const Jobs& jobs, std::deque<std::shared_ptr<Job>>& to,
                            std::condition_variable& whom) {
  if (jobs.empty()) return;
  {
    const std::lock_guard lock(mutex_);
    to.insert(to.end(), jobs.begin(), jobs.end());
  }
  jobs.size() == 1 ? whom.notify_one() : whom.notify_all();
}

// A library that throws (no memory) ends these jobs, as it would end a request, and not the process.
bool SharedIssuing::guard(const Jobs& jobs, const std::function<void()>& step) {
  std::string what = "?";
  try {
    step();
    return true;
  } catch (const std::exception& e) {
    what = e.what();
  } catch (...) {
  }
  for (const auto& job : jobs) {
    job->issue.end(internal("library_threw", {{"what", what}}));
    finish(*job);
  }
  return false;
}

// The job is still held by whoever calls this: the caller may be gone with its answer at once.
void SharedIssuing::finish(Job& job) {
  {
    const std::lock_guard lock(job.mutex);
    job.done = true;
  }
  job.woken.notify_one();
}

// What is to be signed comes first: somebody has waited for it longer.
void SharedIssuing::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    for_workers_.wait(lock, [this] { return stopping_ || !to_sign_.empty() || !arrived_.empty(); });
    if (!to_sign_.empty()) {
      const auto job = std::move(to_sign_.front());
      to_sign_.pop_front();
      lock.unlock();
      sign(job);
    } else if (!arrived_.empty()) {
      const std::size_t share = std::clamp<std::size_t>(arrived_.size() / workers_, 1, kProposedTogetherMax);
      const auto end = arrived_.begin() + static_cast<std::ptrdiff_t>(share);
      const Jobs jobs(arrived_.begin(), end);
      arrived_.erase(arrived_.begin(), end);
      lock.unlock();
      propose(jobs);
    } else {
      return;
    }
    lock.lock();
  }
}

void SharedIssuing::propose(const Jobs& jobs) {
  Jobs proven;
  for (const auto& job : jobs)
    guard({job}, [&] { job->issue.prove() ? proven.push_back(job) : finish(*job); });
  const bool made = guard(proven, [&] {
    // What cannot be read ahead is read in its turn.
    if (const auto rows = parts_.journal.read())
      for (const auto& job : proven) job->issue.propose(**rows);
  });
  if (made) pass_on(proven, to_commit_, for_committer_);
}

void SharedIssuing::sign(const std::shared_ptr<Job>& job) {
  guard({job}, [&] {
    job->signed_intent = job->issue.sign(*std::exchange(job->intent, std::nullopt));
    job->signed_intent ? pass_on({job}, to_commit_, for_committer_) : finish(*job);
  });
}

void SharedIssuing::commit_again_and_again() {
  std::unique_lock lock(mutex_);
  while (true) {
    for_committer_.wait(lock, [this] { return stopping_ || !to_commit_.empty(); });
    if (to_commit_.empty()) return;
    const std::size_t count = std::min(kCommittedTogetherMax, to_commit_.size());
    const auto end = to_commit_.begin() + static_cast<std::ptrdiff_t>(count);
    const Jobs jobs(to_commit_.begin(), end);
    to_commit_.erase(to_commit_.begin(), end);
    lock.unlock();
    commit(jobs);
    lock.lock();
  }
}

void SharedIssuing::commit(const Jobs& jobs) {
  Jobs to_sign, finished;
  if (!guard(jobs, [&] { make_durable(jobs, to_sign, finished); })) return;
  pass_on(to_sign, to_sign_, for_workers_);
  for (const auto& job : finished) finish(*job);
}

// Results first: what comes behind them is decided on what they have made valid.
void SharedIssuing::make_durable(const Jobs& jobs, Jobs& to_sign, Jobs& finished) {
  authority::SharedCommit together(parts_.journal);
  Jobs asked;
  for (const auto& job : jobs) {
    if (!job->signed_intent) {
      asked.push_back(job);
      continue;
    }
    together.put(*std::exchange(job->signed_intent, std::nullopt));
    finished.push_back(job);
  }
  Jobs taken_in;
  for (const auto& job : asked)
    if (job->issue.take_in(together)) taken_in.push_back(job);
  auto durable = std::move(together).commit();
  for (std::size_t i = 0; i < finished.size(); ++i)
    finished[i]->issue.end(std::move(durable.certificates[i]));
  if (durable.intents) {
    for (std::size_t i = 0; i < taken_in.size(); ++i) taken_in[i]->intent = std::move((*durable.intents)[i]);
  } else {
    // Refusals have lost their traces with it.
    for (const auto& job : asked) job->issue.end(durable.intents.error());
  }
  for (const auto& job : asked) (job->intent ? to_sign : finished).push_back(job);
}

}  // namespace shomei::counter
