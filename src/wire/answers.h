// The port that a loop asks for answers. Each loop has an object of its own, used on its thread alone: caches
// in it need no locks.
#pragma once

#include <functional>
#include <memory>

#include "wire/output.h"
#include "wire/request.h"

namespace shomei::wire {

class Answers {
 public:
  virtual ~Answers() = default;

  // Appends a whole response, head and content, and returns true. Must not block. What is appended says
  // "Connection: close" unless `request.keep_alive`, and "Connection: keep-alive" when that is so and the
  // request `http_1_0`; the answer to HEAD has no content. False, with `out` as it was: not mine, or it could
  // block; then the server's handler is asked. It may be asked about the same request again. What throws is
  // answered 500.
  virtual bool answer(const RequestView& request, Output& out) = 0;

  // Before the answers to what came together: to look at the clock once for all of them.
  virtual void woke() {}
};

// Called by Server::listen, once for each loop.
using AnswersFactory = std::function<std::unique_ptr<Answers>()>;

}  // namespace shomei::wire
