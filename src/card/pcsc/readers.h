// What readers there are, and what happens at them: readers that come and go, cards put in and taken out.
// Errors: unavailable "pcsc_service_missing", refused "pcsc_denied", internal "pcsc_failed".
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace shomei::card::pcsc {

struct ReaderState {
  std::string name;
  bool card_present = false;
  bool card_mute = false;  // it is there and does not answer
  bool in_use = false;     // by any process
  bool exclusive = false;  // by one process, which lets no other in
  Bytes atr = {};          // what the card said when it was powered; identifies no card
  // How often a card was put in or taken out since pcscd knows the reader: two looks that differ in this
  // alone have missed a change.
  std::uint16_t changes = 0;
};

// Now, without waiting, in pcscd's order.
Result<std::vector<ReaderState>> reader_states();

enum class Happened { reader_added, reader_removed, card_inserted, card_removed };
std::string_view name(Happened happened);  // "reader_added", ...

struct ReaderEvent {
  Happened happened;
  std::string reader;
};

// One thread's watch over all readers. When pcscd is ended, the next wait says "pcsc_service_missing", once
// it has told that every reader is gone; later ones look for it anew.
class ReaderWatch {
 public:
  ReaderWatch();
  ~ReaderWatch();
  ReaderWatch(ReaderWatch&&) noexcept;

  // What happened since the call before, in order: at the first call, every reader is added and every card
  // inserted. Waits until something happens, at most `patience`; empty when nothing did. A reader that is
  // plugged in is noticed by the next call at the latest.
  Result<std::vector<ReaderEvent>> wait(std::chrono::milliseconds patience);

 private:
  struct Watched;
  std::unique_ptr<Watched> watched_;
};

}  // namespace shomei::card::pcsc
