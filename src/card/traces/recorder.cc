#include "card/traces/recorder.h"

#include "card/apdu.h"

namespace shomei::card::traces {

Result<Bytes> Recorder::transmit(ByteView command) {
  auto answer = card_.transmit(command);
  if (command.size() < kHeaderBytes) {
    sink_("# " + std::to_string(command.size()) + " bytes that are no command\n");
    return answer;
  }
  sink_(encode_step(mask_.apply(command, answer ? std::optional<ByteView>(*answer) : std::nullopt)));
  return answer;
}

void Recorder::note_power() {
  sink_(encode_step(mask_.power()));
}

}  // namespace shomei::card::traces
