#include "card/vpcd/frame.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/check.h"
#include "card/apdu.h"

namespace shomei::card::vpcd {
namespace {

constexpr std::size_t kLengthBytes = 2;
// An answer to the largest extended Le does not fit into a frame; the chip has no such file.
constexpr std::size_t kPayloadBytesMax = std::numeric_limits<std::uint16_t>::max();

std::optional<Bytes> obey(const Seat& seat, Control control) {
  switch (control) {
    case Control::atr:
      return encode_frame(seat.atr);
    case Control::power_off:
    case Control::power_on:
    case Control::reset:
      seat.reset();
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

Bytes encode_frame(ByteView payload) {
  SHOMEI_INVARIANT(payload.size() <= kPayloadBytesMax);
  Bytes frame;
  frame.reserve(kLengthBytes + payload.size());
  append_u16(frame, static_cast<std::uint16_t>(payload.size()));
  append(frame, payload);
  return frame;
}

FrameBuffer::~FrameBuffer() {
  const auto wiped = SecretBytes::adopt(std::move(bytes_));
}

// Never lets the vector move its content by itself, which would leave a copy behind.
void FrameBuffer::add(ByteView bytes) {
  const std::size_t wanted = bytes_.size() + bytes.size();
  if (wanted > bytes_.capacity()) {
    Bytes wider;
    wider.reserve(std::max(2 * bytes_.capacity(), wanted));
    append(wider, bytes_);
    const auto wiped = SecretBytes::adopt(std::exchange(bytes_, std::move(wider)));
  }
  append(bytes_, bytes);
}

std::optional<SecretBytes> FrameBuffer::take() {
  if (bytes_.size() < kLengthBytes) return std::nullopt;
  const auto length = static_cast<std::size_t>(bytes_[0] << 8 | bytes_[1]);
  if (bytes_.size() - kLengthBytes < length) return std::nullopt;
  SecretBytes payload(ByteView(bytes_).subspan(kLengthBytes, length));
  const std::size_t taken = kLengthBytes + length;
  std::copy(bytes_.begin() + static_cast<std::ptrdiff_t>(taken), bytes_.end(), bytes_.begin());
  explicit_bzero(bytes_.data() + bytes_.size() - taken, taken);  // what is left over behind the rest
  bytes_.resize(bytes_.size() - taken);
  return payload;
}

Seat seat_of(applet::Chip& chip) {
  return {.respond = [&chip](ByteView command) { return chip.respond(command); },
          .reset = [&chip] { chip.reset(); },
          .atr = to_bytes(chip.atr())};
}

std::optional<Bytes> answer_frame(const Seat& seat, ByteView payload) {
  if (payload.empty()) return std::nullopt;
  if (payload.size() == 1) return obey(seat, static_cast<Control>(payload[0]));
  const auto answer = seat.respond(payload);
  return encode_frame(answer.size() <= kPayloadBytesMax ? answer : encode_answer(sw::kNoDiagnosis));
}

std::optional<Bytes> answer_as_stranger(ByteView payload) {
  static const Bytes kShortestAtr{0x3B, 0x00};
  if (payload.size() > 1) return encode_frame(encode_answer(sw::kUnknownInstruction));
  if (payload.empty() || static_cast<Control>(payload[0]) != Control::atr) return std::nullopt;
  return encode_frame(kShortestAtr);
}

}  // namespace shomei::card::vpcd
