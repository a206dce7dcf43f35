#include "counter/shared_issuing.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace shomei::counter {
namespace {

// A round holds the journal's turn for as long as it takes to decide and record so many: some milliseconds.
constexpr std::size_t kRoundMax = 32;
// Those whom a round has just answered come back one by one: while others are at work, whoever comes first
// waits this long for the rest. Alone it waits for nobody.
constexpr std::chrono::milliseconds kGather{1};

}  // namespace

SharedIssuing::SharedIssuing(Parts parts, unsigned rounds_max)
    : parts_(std::move(parts)), rounds_max_(std::max(1U, rounds_max)) {}

Result<journal::CertificateRecord> SharedIssuing::issue(const CertificateRequest& request) {
  Caller mine{&request, {}};
  std::unique_lock lock(mutex_);
  waiting_.push_back(&mine);
  if (rounds_ > 0) mine.woken.wait_for(lock, kGather);
  while (!mine.answer) {
    if (rounds_ < rounds_max_ && !waiting_.empty())
      serve(lock);
    else
      mine.woken.wait(lock);
  }
  return *std::move(mine.answer);
}

void SharedIssuing::serve(std::unique_lock<std::mutex>& lock) {
  const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(kRoundMax, waiting_.size()));
  const std::vector<Caller*> served(waiting_.begin(), end);
  waiting_.erase(waiting_.begin(), end);
  ++rounds_;
  lock.unlock();
  std::vector<const CertificateRequest*> requests;
  for (const auto* caller : served) requests.push_back(caller->request);
  auto answers = issue_certificates(parts_, requests);
  lock.lock();
  --rounds_;
  // A caller may be gone as soon as it is let go of the lock with an answer: it is woken before.
  for (std::size_t i = 0; i < served.size(); ++i) {
    served[i]->answer = std::move(answers[i]);
    served[i]->woken.notify_one();
  }
  // One of those who came meanwhile serves the rest.
  if (!waiting_.empty()) waiting_.front()->woken.notify_one();
}

}  // namespace shomei::counter
