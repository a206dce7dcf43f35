#include "app/measure_signing.h"

#include <time.h>

#include <algorithm>
#include <functional>
#include <mutex>
#include <thread>

#include "base/check.h"

namespace shomei::app {
namespace {

using std::chrono::duration;
using std::chrono::nanoseconds;
using std::chrono::steady_clock;

constexpr std::chrono::milliseconds kBatch{20};

nanoseconds processor_time() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return std::chrono::seconds{now.tv_sec} + nanoseconds{now.tv_nsec};
}

using Once = std::function<Result<void>()>;

// What one thread did: its batches, and the error that stopped it.
struct Done {
  std::int64_t count = 0;
  std::vector<double> per_core_second;
  Result<void> result;
};

Done repeat(const Once& once, steady_clock::time_point until) {
  Done done;
  while (steady_clock::now() < until) {
    const auto core = processor_time();
    const auto end = std::min(steady_clock::now() + kBatch, until);
    std::int64_t count = 0;
    do {
      done.result = once();
      if (!done.result) return done;
      ++count;
    } while (steady_clock::now() < end);
    // What waits (for a token) uses no core; then the count stands beside nothing.
    const double used = duration<double>(processor_time() - core).count();
    if (used > 0) done.per_core_second.push_back(static_cast<double>(count) / used);
    done.count += count;
  }
  return done;
}

Result<SigningRate> measure(const Once& once, std::chrono::milliseconds length, int threads) {
  std::vector<Done> done(static_cast<std::size_t>(threads));
  const auto begun = steady_clock::now();
  std::vector<std::jthread> running;
  for (auto& one : done) running.emplace_back([&] { one = repeat(once, begun + length); });
  running.clear();
  const double seconds = duration<double>(steady_clock::now() - begun).count();
  SigningRate rate;
  std::vector<double> batches;
  for (const auto& one : done) {
    SHOMEI_CHECK(one.result);
    rate.count += one.count;
    batches.insert(batches.end(), one.per_core_second.begin(), one.per_core_second.end());
  }
  rate.per_core_second = spread_of(std::move(batches));
  rate.per_second = static_cast<double>(rate.count) / seconds;
  return rate;
}

}  // namespace

Result<SigningMeasurement> measure_signing(crypto::Signer& signer, std::chrono::milliseconds length,
                                           int threads) {
  SHOMEI_INVARIANT(threads > 0);
  const Bytes message(kSignedMessageBytes, 0x30);
  SHOMEI_TRY(const auto signature, signer.sign(message));  // warms what is made ready at the first use
  SigningMeasurement found;
  SHOMEI_TRY(found.sign, measure(
                             [&]() -> Result<void> {
                               SHOMEI_CHECK(signer.sign(message));
                               return {};
                             },
                             length, threads));
  SHOMEI_TRY(found.verify,
             measure([&] { return signer.public_key().verify(signer.algorithm(), message, signature); },
                     length, threads));
  return found;
}

}  // namespace shomei::app
