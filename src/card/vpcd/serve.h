// serve_vpcd: the chip sits in a virtual reader until somebody takes it out (the stop flag).
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "base/result.h"
#include "card/applet/chip.h"
#include "card/vpcd/frame.h"

namespace shomei::card::vpcd {

enum class Direction {
  connect,  // vpcd waits at the port: what Debian's package is configured for
  listen,   // vpcd comes to the port (DEVICENAME host:port in its reader.conf); at most 65,534
};

enum class ReaderEvent { inserted, reader_gone };

struct ReaderOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 35963;  // vpcd's first slot; its second is the next port
  Direction direction = Direction::connect;
  // How often the reader is looked for again after it went away: twice as long each time, up to the most.
  std::chrono::milliseconds retry_first{100};
  std::chrono::milliseconds retry_max{2000};
  // Called from the thread that serves.
  std::function<void(ReaderEvent)> on_event = [](ReaderEvent) {};
  // One line a command with its status word, PINs blacked out (card/trace.h; jpki-facts 1.11). Null: none is
  // made.
  std::function<void(const std::string& line)> on_command = nullptr;
};

// Returns without an error when `stop` is set (within a fifth of a second; setting it from a signal handler
// is allowed). unavailable "reader_missing" (parameter address) when nothing listens at the first attempt;
// unavailable "port_unusable" when the port to listen at cannot be had. A reader that goes away later is
// waited for. When listening, the port after the given one is served too, by a card without any application:
// pcscd 1.9.9 with vpcd 3.3 dies when either is closed to it, also when the card is taken out.
// Direction::connect has none of this.
Result<void> serve_vpcd(applet::Chip& chip, const ReaderOptions& options, const std::atomic<bool>& stop);

// The same of any card in a chip's place.
Result<void> serve_vpcd(const Seat& seat, const ReaderOptions& options, const std::atomic<bool>& stop);

}  // namespace shomei::card::vpcd
