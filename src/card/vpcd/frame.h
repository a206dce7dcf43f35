// vpcd's wire protocol, both ways: two bytes of length, big-endian, and that many bytes. One byte from the
// reader is a control: power off, power on, reset (none is answered) or "what is your ATR". Anything longer
// is a command for the chip. A command is never one byte long.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "base/bytes.h"
#include "base/secret.h"
#include "card/applet/chip.h"

namespace shomei::card::vpcd {

enum class Control : std::uint8_t { power_off = 0x00, power_on = 0x01, reset = 0x02, atr = 0x04 };

Bytes encode_frame(ByteView payload);

// Collects what comes over the socket and gives it out frame by frame. A frame may hold a PIN: what was given
// out or is dropped is wiped here.
class FrameBuffer {
 public:
  FrameBuffer() = default;
  ~FrameBuffer();
  FrameBuffer(const FrameBuffer&) = delete;
  FrameBuffer& operator=(const FrameBuffer&) = delete;

  void add(ByteView bytes);
  std::optional<SecretBytes> take();  // the payload of the next frame, once all of it is there

 private:
  Bytes bytes_;
};

// Who sits in the reader: our chip, or a card elsewhere that is spoken to in its place.
struct Seat {
  std::function<Bytes(ByteView command)> respond;
  std::function<void()> reset;  // powered on or off, or reset
  Bytes atr;
};
Seat seat_of(applet::Chip& chip);  // which must live longer

// What the card says to one frame: a whole frame to send, or nothing. Unknown controls are ignored, as is a
// frame without content.
std::optional<Bytes> answer_frame(const Seat& seat, ByteView payload);
inline std::optional<Bytes> answer_frame(applet::Chip& chip, ByteView payload) {
  return answer_frame(seat_of(chip), payload);
}

// The same of a card that knows no instruction.
std::optional<Bytes> answer_as_stranger(ByteView payload);

}  // namespace shomei::card::vpcd
