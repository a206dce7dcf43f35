// The bytes of a connection become requests (RFC 9112 section 2). Knows no socket: who has one puts what came
// into room() and asks step() what it amounts to. Read strictly: what two readers could cut differently into
// requests is refused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "http/message.h"

namespace shomei::http {

struct Incoming {
  Request request;
  bool keep_alive = false;
  bool http_1_0 = false;
};

class RequestReader {
 public:
  RequestReader(std::size_t header_bytes_max, std::size_t body_bytes_max);
  ~RequestReader();

  enum class Step {
    more,    // bytes are needed
    head,    // told once, before a body that is not here yet is waited for
    whole,   // take() has it
    refused  // refusal() says why; nothing after it can be read
  };
  // For the next bytes, never empty; commit() says how many came.
  std::span<std::uint8_t> room();
  void commit(std::size_t bytes);
  Step step();

  // Nothing of a request is here; empty lines before one do not count (RFC 9112 2.2).
  bool idle();
  // The client sent more than was asked for: it does not wait for "100 Continue".
  bool has_more() const;
  const Incoming& head() const { return incoming_; }
  int refusal() const { return refusal_; }  // 400, 413, 431, 501 or 505
  Incoming take();                          // and begins the next one

 private:
  struct State;
  Step parse();
  Step refuse(int status);
  int take_head();
  std::unique_ptr<State> state_;
  Incoming incoming_;
  const std::size_t header_bytes_max_;
  const std::size_t body_bytes_max_;
  int refusal_ = 0;
};

}  // namespace shomei::http
