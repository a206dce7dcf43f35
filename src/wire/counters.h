// What a server has seen, for its metrics. Each loop counts for itself, so that counting costs no more than
// adding; who asks gets the sum.
#pragma once

#include <atomic>
#include <cstdint>

namespace shomei::wire {

struct Counters {
  std::uint64_t connections = 0;  // now
  std::uint64_t accepted = 0;
  std::uint64_t turned_away = 0;  // at the limit, or because no more memory may be held
  std::uint64_t requests = 0;     // whole ones
  std::uint64_t later = 0;        // of them, those for the handler
  std::uint64_t malformed = 0;    // 400
  std::uint64_t too_large = 0;    // 413 and 431
  std::uint64_t unsupported = 0;  // 501 and 505
  std::uint64_t late = 0;         // 408
  std::uint64_t not_taken = 0;    // closed because the client did not take its answers
};

// Written by one thread, read by any.
class Count {
 public:
  void add(std::uint64_t more = 1) {
    value_.store(value_.load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
  }
  void subtract(std::uint64_t less) { add(~less + 1); }
  std::uint64_t get() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

struct alignas(64) LoopCounters {
  Count connections, accepted, turned_away, requests, later, malformed, too_large, unsupported, late,
      not_taken;

  void refused(int status) {
    if (status == 400) malformed.add();
    if (status == 413 || status == 431) too_large.add();
    if (status == 501 || status == 505) unsupported.add();
    if (status == 408) late.add();
  }
  void add_to(Counters& sum) const {
    sum.connections += connections.get();
    sum.accepted += accepted.get();
    sum.turned_away += turned_away.get();
    sum.requests += requests.get();
    sum.later += later.get();
    sum.malformed += malformed.get();
    sum.too_large += too_large.get();
    sum.unsupported += unsupported.get();
    sum.late += late.get();
    sum.not_taken += not_taken.get();
  }
};

}  // namespace shomei::wire
