#include "app/measure_issuing.h"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

#include "app/measure_signing.h"
#include "base/check.h"
#include "pki/request.h"
#include "pki/signed_object.h"

namespace shomei::app {
namespace {

using Clock = std::chrono::steady_clock;
using pki::CertificateKind;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double processor_seconds() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto of = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return of(used.ru_utime) + of(used.ru_stime);
}

// How often a second `once` is done on that many threads; 0 when it fails.
double rate_of(const std::function<bool()>& once, std::chrono::milliseconds time, unsigned threads) {
  std::atomic<std::uint64_t> count{0};
  std::atomic<bool> failed{false};
  const auto start = Clock::now();
  std::vector<std::jthread> running;
  for (unsigned i = 0; i < threads; ++i)
    running.emplace_back([&] {
      std::uint64_t mine = 0;
      while (Clock::now() - start < time && !failed) {
        if (once())
          ++mine;
        else
          failed = true;
      }
      count += mine;
    });
  running.clear();
  return failed ? 0 : static_cast<double>(count) / seconds_since(start);
}

// Signing and verifying alone, at one moment.
struct Alone {
  double signs = 0, verifies = 0;
  double bound() const { return 1 / (1 / signs + 1 / verifies); }
};

Alone mean(const Alone& a, const Alone& b) {
  return {(a.signs + b.signs) / 2, (a.verifies + b.verifies) / 2};
}

class Measuring {
 public:
  Measuring(const counter::Parts& parts, const IssuingWork& work, const IssuingOptions& options)
      : parts_(parts), work_(work), options_(options) {}

  Result<IssuingMeasurement> run(const MakeIssue& make_issue) {
    for (unsigned i = 0; i < options_.threads; ++i) {
      SHOMEI_TRY(auto issue, make_issue());
      issues_.push_back(std::move(issue));
    }
    SHOMEI_TRY(auto before, alone());
    for (unsigned round = 0; round < options_.rounds; ++round) {
      const double rate = issue_until(work_.requests.size() * (round + 1) / options_.rounds);
      SHOMEI_TRY(const auto after, alone());
      take(rate, mean(before, after));
      before = after;
    }
    return finished();
  }

 private:
  // A message as long as what is signed in a certificate, and the proof of the first request.
  Result<Alone> alone() const {
    SHOMEI_TRY(const auto* authority, parts_.issuing_authority(CertificateKind::signature));
    const auto& request = work_.requests.front();
    SHOMEI_TRY(const auto proof, pki::parse_signed(request.pkcs10));
    SHOMEI_TRY(const auto proven, pki::verify_request(request.pkcs10, request.officer.request.text()));
    const Bytes message(kSignedMessageBytes, 0x5A);
    SHOMEI_CHECK(authority->signer().sign(message));
    const auto sign = [&] { return authority->signer().sign(message).has_value(); };
    const auto verify = [&] { return pki::verify_signed(proof, proven.key).has_value(); };
    const Alone found{rate_of(sign, options_.raw_time, options_.cores),
                      rate_of(verify, options_.verify_time, options_.cores)};
    if (found.signs <= 0 || found.verifies <= 0) return internal("signing_failed");
    return found;
  }

  // Issues a second, of the requests up to that number.
  double issue_until(std::size_t end) {
    const std::size_t first = next_;
    const auto failed = found_.failed;
    const auto commits = parts_.journal.commits();
    const double processor = processor_seconds();
    const auto start = Clock::now();
    std::vector<std::jthread> threads;
    for (auto& issue : issues_) threads.emplace_back([&] { issue_in_turn(issue, end); });
    threads.clear();
    const double seconds = seconds_since(start);
    next_ = end;
    found_.seconds += seconds;
    found_.processor_seconds += processor_seconds() - processor;
    found_.commits += parts_.journal.commits() - commits;
    return static_cast<double>(end - first - (found_.failed - failed)) / seconds;
  }

  void issue_in_turn(const Issue& issue, std::size_t end) {
    std::vector<double> mine;
    for (std::size_t i = next_++; i < end; i = next_++) {
      const auto asked = Clock::now();
      const auto done = issue(i);
      mine.push_back(1e3 * seconds_since(asked));
      if (done) continue;
      const std::lock_guard lock(mutex_);
      if (found_.failed++ == 0) found_.first_failure = done.error().code;
    }
    const std::lock_guard lock(mutex_);
    milliseconds_.insert(milliseconds_.end(), mine.begin(), mine.end());
  }

  void take(double rate, const Alone& alone) {
    rates_.push_back(rate);
    signs_.push_back(alone.signs);
    verifies_.push_back(alone.verifies);
    bounds_.push_back(alone.bound());
    of_raw_.push_back(rate / alone.signs);
    of_bound_.push_back(rate / alone.bound());
  }

  IssuingMeasurement finished() {
    std::ranges::sort(milliseconds_);
    found_.issued = work_.requests.size() - found_.failed;
    found_.per_second = spread_of(rates_);
    found_.raw_per_second = spread_of(signs_);
    found_.verified_per_second = spread_of(verifies_);
    found_.bound_per_second = spread_of(bounds_);
    found_.of_raw = spread_of(of_raw_);
    found_.of_bound = spread_of(of_bound_);
    found_.p50_ms = value_at(milliseconds_, 0.50);
    found_.p90_ms = value_at(milliseconds_, 0.90);
    found_.p99_ms = value_at(milliseconds_, 0.99);
    found_.max_ms = milliseconds_.empty() ? 0 : milliseconds_.back();
    found_.milliseconds = std::move(milliseconds_);
    return std::move(found_);
  }

  const counter::Parts& parts_;
  const IssuingWork& work_;
  const IssuingOptions& options_;
  std::vector<Issue> issues_;  // one a thread
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;  // guards what follows while threads run
  IssuingMeasurement found_;
  std::vector<double> milliseconds_;
  std::vector<double> rates_, signs_, verifies_, bounds_, of_raw_, of_bound_;
};

}  // namespace

Result<IssuingMeasurement> measure_issuing(const counter::Parts& parts, const IssuingWork& work,
                                           const MakeIssue& make_issue, const IssuingOptions& options) {
  SHOMEI_INVARIANT(options.rounds > 0 && options.threads > 0 && !work.requests.empty());
  return Measuring(parts, work, options).run(make_issue);
}

}  // namespace shomei::app
