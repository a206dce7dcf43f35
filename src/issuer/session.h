// Session: the issuer's end of one talk with one card. It says what is to be sent next, given what the card
// answered, and is told nothing else: who carries the commands (a counter's terminal) reads none of them, and
// cannot make one up. Pure but for its random challenges.
//
// A talk is a Script: plain commands in their order, and a judge of their answers who says what comes next.
// Each command is said when the card itself has answered 9000 to the one before it; any other word ends the
// talk, and no judge sees it. Most answers are judged by the scripts of dialogues.h.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "card/apdu.h"
#include "card/channel/chip_channel.h"
#include "card/channel/host_channel.h"

namespace shomei::issuer {

using Commands = std::vector<Bytes>;  // to be sent one after the other; as many answers are expected
using Answers = std::vector<card::Answer>;

struct Script {
  std::vector<card::channel::OwnedCommand> commands;  // none: `then` is asked at once
  // Gets an answer for each command, all 9000. Empty: it is over.
  std::function<Result<Script>(const Answers&)> then = {};
};

class Session {
 public:
  // `keys` finds those of the card; its error ends the session.
  explicit Session(card::channel::FindKeys keys) : keys_(std::move(keys)) {}

  // Selects the card's security domain and opens a channel, also again when the card has lost it; then the
  // script. Nothing of an earlier script goes on.
  Commands open(Script then);
  // Whether a script can be said: the channel is open, and no other script is under way.
  bool ready() const { return state_ == State::idle && channel_ && channel_->open(); }
  // In the open channel. refused "channel_closed".
  Result<Commands> say(Script script);
  // The answers to the commands given last, as they came. What is to be sent next; none when the script is
  // over. malformed "answers_count"; refused "card_without_channel", "card_incomplete"; unavailable
  // "card_memory", malformed "card_answer" {sw, command}: a command that is not known to be done; what
  // HostChannel and the script's judges say. An error ends the channel: only open() goes on.
  Result<Commands> take(const std::vector<Bytes>& raw_answers);

  // Of the card's attestation key, as the card gave it: to be verified by whoever believes it.
  const Bytes& attestation_certificate() const { return attestation_certificate_; }

 private:
  enum class State { idle, greeting, authenticating, talking };
  void close();
  Result<Commands> judged(const std::vector<Bytes>& raw_answers);
  Result<Commands> greeted(const std::vector<Bytes>& raw_answers);
  Result<void> hear(card::Answer answer);
  Result<Commands> go_on();

  card::channel::FindKeys keys_;
  std::optional<card::channel::HostChannel> channel_;
  State state_ = State::idle;
  std::size_t expected_ = 0;  // answers
  Script script_;
  std::size_t said_ = 0;  // commands of the script
  Answers heard_;
  Bytes attestation_certificate_;
};

}  // namespace shomei::issuer
