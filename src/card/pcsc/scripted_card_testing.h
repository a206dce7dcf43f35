// ScriptedCard: gives its answers one after the other, and the last one for ever. For the tests of this
// folder.
#pragma once

#include <utility>
#include <vector>

#include "card/transport.h"

namespace shomei::card::pcsc {

class ScriptedCard final : public Transport {
 public:
  explicit ScriptedCard(Bytes answer) : answers_{std::move(answer)} {}
  explicit ScriptedCard(std::vector<Bytes> answers) : answers_(std::move(answers)) {}

  Result<Bytes> transmit(ByteView command) override {
    commands_.push_back(to_bytes(command));
    const auto now = std::min(next_++, answers_.size() - 1);
    return answers_[now];
  }
  const std::vector<Bytes>& commands() const { return commands_; }

 private:
  std::vector<Bytes> answers_;
  std::vector<Bytes> commands_;
  std::size_t next_ = 0;
};

}  // namespace shomei::card::pcsc
