// SharedIssuing: issues for many callers at once. Who comes while others are being served is taken along with
// whoever else waits by then, in one round of issue_certificates; nobody waits for a round to fill.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

#include "counter/issue_online.h"

namespace shomei::counter {

class SharedIssuing {
 public:
  // How many rounds are under way at a time: one more than there are processors, so that one may wait for
  // the disk.
  explicit SharedIssuing(Parts parts, unsigned rounds_max);
  SharedIssuing(const SharedIssuing&) = delete;
  SharedIssuing& operator=(const SharedIssuing&) = delete;

  // As issue_certificate; from any thread, which does the work itself or waits for one that does.
  Result<journal::CertificateRecord> issue(const CertificateRequest& request);

 private:
  struct Caller {
    const CertificateRequest* request;
    std::optional<Result<journal::CertificateRecord>> answer;
    std::condition_variable woken{};
  };
  void serve(std::unique_lock<std::mutex>& lock);  // whoever waits, in one round

  const Parts parts_;
  const unsigned rounds_max_;
  std::mutex mutex_;
  std::deque<Caller*> waiting_;  // guarded by mutex_
  unsigned rounds_ = 0;          // likewise
};

}  // namespace shomei::counter
