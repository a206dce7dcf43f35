#include "card/vpcd/serve.h"

#include <algorithm>
#include <thread>

#include "card/trace.h"
#include "card/vpcd/frame.h"
#include "card/vpcd/socket.h"

namespace shomei::card::vpcd {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kStopPatience{100};  // how long a stop may go unnoticed

std::string address_of(const ReaderOptions& options) {
  return options.host + ":" + std::to_string(options.port);
}

using Answering = std::function<std::optional<Bytes>(ByteView payload)>;

bool answer_all(const Answering& answering, const Descriptor& reader, FrameBuffer& frames) {
  while (const auto payload = frames.take())
    if (const auto answer = answering(payload->reveal()); answer && !send_all(reader, *answer)) return false;
  return true;
}

// Until the reader goes away or the card is taken out.
void answer_until_gone(const Answering& answering, const Descriptor& reader, const std::atomic<bool>& stop) {
  FrameBuffer frames;
  while (!stop) {
    if (!readable(reader, kStopPatience)) continue;
    const auto bytes = receive(reader);
    if (!bytes) return;
    frames.add(bytes->reveal());
    if (!answer_all(answering, reader, frames)) return;
  }
}

void stay_inserted(const Seat& seat, const Descriptor& reader, const ReaderOptions& options,
                   const std::atomic<bool>& stop) {
  options.on_event(ReaderEvent::inserted);
  seat.reset();
  const auto answer = [&](ByteView payload) {
    auto frame = answer_frame(seat, payload);
    if (options.on_command && payload.size() > 1 && frame)
      options.on_command(trace_command(payload) + " -> " + to_hex(ByteView(*frame).last(2)));
    return frame;
  };
  answer_until_gone(answer, reader, stop);
  seat.reset();
  if (!stop) options.on_event(ReaderEvent::reader_gone);
}

void sleep_unless(const std::atomic<bool>& stop, milliseconds time) {
  for (; !stop && time > milliseconds(0); time -= kStopPatience)
    std::this_thread::sleep_for(std::min(time, kStopPatience));
}

Descriptor find_again(const ReaderOptions& options, const std::atomic<bool>& stop) {
  for (milliseconds pause = options.retry_first; !stop; pause = std::min(2 * pause, options.retry_max)) {
    sleep_unless(stop, pause);
    if (auto reader = connect_to(options.host, options.port)) return reader;
  }
  return Descriptor();
}

Result<void> serve_connecting(const Seat& seat, const ReaderOptions& options, const std::atomic<bool>& stop) {
  Descriptor reader = connect_to(options.host, options.port);
  if (!reader) return unavailable("reader_missing", {{"address", address_of(options)}});
  while (reader && !stop) {
    stay_inserted(seat, reader, options, stop);
    reader = Descriptor();
    if (!stop) reader = find_again(options, stop);
  }
  return {};
}

// vpcd's second slot waits for an answer as long as its socket is open, and pcscd with it; and pcscd dies
// when the socket closes. So a card sits there too: one that knows nothing.
void serve_strangers(const Descriptor& listener, const std::atomic<bool>& stop) {
  while (!stop) {
    if (!readable(listener, kStopPatience)) continue;
    if (const Descriptor reader = accept_from(listener)) answer_until_gone(answer_as_stranger, reader, stop);
  }
}

Result<void> serve_listening(const Seat& seat, const ReaderOptions& options, const std::atomic<bool>& stop) {
  SHOMEI_TRY(const auto listener, listen_at(options.host, options.port));
  SHOMEI_TRY(const auto second, listen_at(options.host, static_cast<std::uint16_t>(options.port + 1)));
  const std::jthread second_slot([&] { serve_strangers(second, stop); });
  while (!stop) {
    if (!readable(listener, kStopPatience)) continue;
    if (const Descriptor reader = accept_from(listener)) stay_inserted(seat, reader, options, stop);
  }
  return {};
}

}  // namespace

Result<void> serve_vpcd(const Seat& seat, const ReaderOptions& options, const std::atomic<bool>& stop) {
  return options.direction == Direction::connect ? serve_connecting(seat, options, stop)
                                                 : serve_listening(seat, options, stop);
}

Result<void> serve_vpcd(applet::Chip& chip, const ReaderOptions& options, const std::atomic<bool>& stop) {
  return serve_vpcd(seat_of(chip), options, stop);
}

}  // namespace shomei::card::vpcd
