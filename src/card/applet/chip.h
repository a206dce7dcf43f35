// Chip: from a command to its answer. Never fails: every fault is a status word. Not thread-safe; one chip is
// spoken to by one reader.
// What each command answers: jpki-facts 1.4 and 1.11, and docs/formats/card-applications.md.
#pragma once

#include <memory>

#include "base/bytes.h"
#include "card/applet/settings.h"
#include "card/applet/state.h"
#include "card/applet/storage.h"

namespace shomei::card::applet {

struct Interior;

class Chip {
 public:
  // The storage must outlive the chip.
  Chip(ChipState state, ChipStorage& storage, ChipSettings settings = {});
  Chip(Chip&&) noexcept;
  ~Chip();

  Bytes respond(ByteView command);
  // Power on, power off, reset: selection and verified PINs are gone, try counters stay.
  void reset();

  const Bytes& atr() const;
  // As last stored.
  const ChipState& state() const;

 private:
  std::unique_ptr<Interior> interior_;
};

}  // namespace shomei::card::applet
