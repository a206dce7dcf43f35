// A load of OCSP questions for measurements: one thread, some connections that are kept, and on each the next
// question as soon as the answer has come.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"

namespace shomei::app {

struct LoadWish {
  std::uint16_t port = 0;  // on 127.0.0.1
  unsigned connections = 32;
  std::chrono::milliseconds time{5'000};
  // Writes the next request, whole, in the place of what `into` has.
  std::function<void(std::string& into)> next;
  // Told of the body of an answer now and then: every so many (0: of none).
  unsigned look_at_every = 0;
  std::function<void(std::string_view body)> look = {};
};

struct LoadFound {
  std::uint64_t answers = 0;
  double seconds = 0;  // by the clock
  std::chrono::nanoseconds p50{}, p99{}, max{};
};

// unavailable "server_unreachable" {place, what}, "answer_missing" {place, what}: any answer that is not 200
// ends it.
Result<LoadFound> load(const LoadWish& wish);

}  // namespace shomei::app
