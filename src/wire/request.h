// The bytes of a connection become requests (RFC 9112), without a copy: what is read stays where it lies.
// Read strictly: what two readers could cut differently into requests is refused. Knows no socket.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace shomei::wire {

struct RequestLimits {
  // Request line and fields; over it: 431. Paths of 8,192 characters fit (RFC 9110 4.1 asks for 8,000).
  std::size_t head_bytes_max = 12 * 1024;
  std::size_t body_bytes_max = 8 * 1024;  // over it: 413
};

struct FieldView {
  std::string_view name;
  std::string_view value;  // without the white space around it
};

// Who is at the other end, as the system tells when a connection is accepted.
struct PeerAddress {
  std::array<std::uint8_t, 16> bytes{};
  bool six = false;
  std::string text() const;  // "127.0.0.1", "::1"
};

// Valid until the bytes that it was read from change. One is used for many requests: nothing is allocated for
// each.
class RequestView {
 public:
  static constexpr std::size_t kFieldsMax = 64;  // one more: 431

  std::string_view method;  // methods are case-sensitive
  std::string_view target;  // as sent, still percent-encoded: visible ASCII, never empty
  std::string_view body;    // without the framing of chunks
  bool keep_alive = false;  // the client wishes it; an answer to be the last says "Connection: close"
  bool http_1_0 = false;    // an answer that is not the last says "Connection: keep-alive"
  PeerAddress peer;

  // The first of that name, in any case; empty when there is none.
  std::string_view field(std::string_view name) const;
  std::span<const FieldView> fields() const { return {fields_.data(), count_}; }

 private:
  friend struct RequestFiller;
  std::array<FieldView, kFieldsMax> fields_;
  std::size_t count_ = 0;
  std::string unchunked_;
};

struct Parsed {
  enum class Outcome : std::uint8_t { more, whole, refused };
  Outcome outcome = Outcome::more;
  int status = 0;                // refused: 400, 413, 431, 501 or 505; nothing behind it can be read
  std::size_t used = 0;          // whole: bytes of the request; more: of empty lines before it
  std::size_t wanted = 0;        // more: to go on is of no use before there are so many bytes; 0: one more
  bool head_whole = false;       // more: bytes of the body are missing
  bool awaits_continue = false;  // more: the client waits for "100 Continue" (RFC 9110 10.1.1)
};

// What the beginning of `bytes` is. The same for the same bytes, however often and with whatever behind them
// it was asked before.
Parsed parse_request(std::string_view bytes, const RequestLimits& limits, RequestView& into);

}  // namespace shomei::wire
