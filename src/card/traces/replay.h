// Replay: says the commands of a trace to a card and compares the answers. A trace may come from anyone, and
// so nothing of it changes a card: a PIN is sent only when the caller gives one, and it is the caller's and
// not the trace's; what writes or changes a PIN is not sent at all, and nothing is signed unless the caller
// says so. What is told of a card's answers may be sent back to whoever made the trace: it is masked, and no
// signature is in it.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <vector>

#include "base/secret.h"
#include "card/kind.h"
#include "card/traces/trace_file.h"
#include "card/transport.h"

namespace shomei::card::traces {

struct Difference {
  std::size_t line = 0;       // of the command in the trace
  std::string command = {};   // its header in hexadecimal
  std::string expected = {};  // an answer as in a trace; empty: none
  std::string found = {};     // likewise, masked as a trace is that is written
};

// Why a replay ended before the trace did.
enum class Stop { none, pin_needed, not_sent };
std::string_view name(Stop stop);  // "none", "pin_needed", "not_sent"

struct Outcome {
  std::size_t compared = 0;                   // commands whose answers were the same
  std::optional<Difference> difference = {};  // the first
  Stop stop = Stop::none;
  std::size_t stopped_line = 0;
};

struct ReplayOptions {
  // By Kind. Checked against the card's form and sent where the trace verifies that PIN, in the same way.
  std::array<std::optional<SecretBytes>, 2> pins = {};
  bool words_only = false;  // compares status words, and not what the files hold
  bool sign = false;        // makes the signatures of the trace, over what the trace says
  // What `*` stands for. None: it is passed over, and the card may know more than the replay.
  std::function<Result<void>()> power_anew = {};
};

// Signatures and challenges are other ones each time: of them length and word are compared. Errors: those of
// the transport when the card goes; refused "pin_wrong" and "pin_blocked": a PIN is sent once.
Result<Outcome> replay(const std::vector<Step>& trace, Transport& card, const ReplayOptions& options);
// The same without a card, with what another trace has recorded.
Outcome compare(const std::vector<Step>& trace, const std::vector<Step>& other, const ReplayOptions& options);

}  // namespace shomei::card::traces
