// One client's connection as a loop keeps it, and the lists in which connections wait for their deadlines.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/bytes.h"
#include "wire/output.h"
#include "wire/request.h"

namespace shomei::wire {

using Tick = std::int64_t;  // milliseconds of a clock that never falls

// What a connection waits for. Each phase has one time that is the same for all, so that a list in the order
// of entry is a list in the order of deadlines.
enum class Phase : std::uint8_t {
  idle,      // a request to begin
  head,      // the rest of a head
  body,      // the rest of a body
  writing,   // the client to take its answers
  handler,   // the handler; without a deadline
  lingering  // the client to close (RFC 9112 9.6)
};
inline constexpr std::size_t kPhases = 6;

// What the system did not take of answers.
struct Unsent {
  std::string bytes;
  std::shared_ptr<const Bytes> shared;  // behind them
  std::size_t sent = 0;                 // of both
  std::size_t sent_before = 0;          // when the present time for writing began
  std::size_t size() const { return bytes.size() + (shared ? shared->size() : 0); }
};

// An idle one owns no buffer.
struct Connection {
  Connection* before = nullptr;  // in its phase's list
  Connection* after = nullptr;
  Tick since = 0;   // in its phase
  int socket = -1;  // -1: closed
  Phase phase = Phase::idle;
  bool readable : 1 = false;    // something may have come since the last recv said that nothing more is there
  bool half_ended : 1 = false;  // the client has said that it sends no more: recv will end with 0
  bool ended : 1 = false;       // it has ended
  bool closing : 1 = false;     // the last answer is made
  bool lingers : 1 = false;     // more may be on its way behind what was answered last
  bool continued : 1 = false;   // "100 Continue" was said for the request that is not whole
  bool queued : 1 = false;      // in the loop's queue of those with more to do
  bool head_request : 1 = false;  // of the request at the handler
  bool keep_alive : 1 = false;
  bool http_1_0 : 1 = false;
  std::atomic<bool> abandoned{false};  // nobody waits for the handler's answer any more
  PeerAddress peer;
  std::size_t wanted = 0;          // Parsed::wanted of what is held
  std::size_t counted_bytes = 0;   // of what is held and unsent, in the loop's sum
  std::size_t lingered_bytes = 0;  // thrown away
  std::string held;  // came and is not answered: part of a request, or requests behind one that waits
  std::unique_ptr<Unsent> unsent;
};

class PhaseLists {
 public:
  ~PhaseLists();
  // At the end of the list of that phase, as of now. The lists own what is in them.
  void enter(Connection& c, Phase phase, Tick now);
  void leave(Connection& c);
  Connection* first(Phase phase) const { return ends_[static_cast<std::size_t>(phase)].first; }

 private:
  struct Ends {
    Connection* first = nullptr;
    Connection* last = nullptr;
  };
  std::array<Ends, kPhases> ends_{};
};

// Sends as much as the system takes at once, of what follows the first `sent` bytes of both parts; -1 with
// errno as sendmsg(2) sets it.
std::ptrdiff_t send_parts(int socket, std::string_view bytes, const Bytes* shared, std::size_t sent);
// It asks for no more than this in one call: a client that reads fast must not hold up the others.
inline constexpr std::size_t kSendBytesMax = 1024 * 1024;

}  // namespace shomei::wire
