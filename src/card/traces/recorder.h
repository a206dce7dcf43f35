// Recorder: a Transport that writes down what goes through it, masked. The transport and the sink must live
// longer.
#pragma once

#include <functional>
#include <string>

#include "card/traces/mask.h"
#include "card/transport.h"

namespace shomei::card::traces {

class Recorder final : public Transport {
 public:
  // Lines with their line feeds, as docs/formats/card-trace.md says, without the heading.
  using Sink = std::function<void(const std::string& lines)>;

  Recorder(Transport& card, PersonalData personal_data, Sink sink)
      : card_(card), mask_(personal_data), sink_(std::move(sink)) {}

  Result<Bytes> transmit(ByteView command) override;
  void note_power();  // the card was powered or reset

 private:
  Transport& card_;
  Mask mask_;
  Sink sink_;
};

}  // namespace shomei::card::traces
