// Readers: the module's port to the world of cards: pcscd (pcsc_readers.cc), or chips in the same process.
// Every function may be called from several threads; a CardLink is for one at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "card/transport.h"

namespace shomei::pkcs11 {

struct ReaderSeen {
  std::string name;
  bool card_present = false;
  std::uint32_t changes = 0;  // how often a card was put in or taken out: a change between two looks shows
  bool operator==(const ReaderSeen&) const = default;
};

// A connection that others share. What is sent between begin and end, no one comes between.
class CardLink : public card::Transport {
 public:
  // Waits for its turn. True: somebody has reset the card since the last end, no PIN is verified any more.
  virtual Result<bool> begin() = 0;
  virtual void end() noexcept = 0;
};

class Readers {
 public:
  virtual ~Readers() = default;
  // Empty when there is none, or no pcscd.
  virtual Result<std::vector<ReaderSeen>> look() = 0;
  virtual Result<std::unique_ptr<CardLink>> connect(const std::string& reader) = 0;
  // Returns when something may have changed, and after `at_most` in any case.
  virtual void wait(std::chrono::milliseconds at_most) = 0;
};

using ReadersMaker = std::function<std::unique_ptr<Readers>()>;
// What C_Initialize asks for its readers: pcscd's, unless a test has put others here.
ReadersMaker& readers_maker();

}  // namespace shomei::pkcs11
