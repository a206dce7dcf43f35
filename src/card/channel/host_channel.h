// HostChannel: the issuer's end of a secured channel to a chip (GlobalPlatform SCP03: Card Specification 2.3,
// Amendment D, version 1.1.2, with 8-byte challenges and MACs). It makes commands and reads answers; who
// carries them can neither read nor change them. One command at a time: after wrap() comes unwrap() of its
// answer. Whatever cannot be vouched for closes the channel for ever; begin another.
//
//   auto channel = HostChannel::begin(keys, crypto::random_bytes(kChallengeBytes));
//   send initialize_update(); give the data of its answer to external_authenticate()
//   send what that gave; give the answer to unwrap(), and the channel is open
//   then wrap() and unwrap(), for each command
//
// An answer with an error's status word carries no MAC (Amendment D 6.2.5): whoever carries it can have made
// it up. It means "not known to be done". 9000, 62xx and 63xx are the chip's own words from level c_mac_r_mac
// on.
#pragma once

#include <functional>

#include "card/apdu.h"
#include "card/channel/key_set.h"
#include "card/channel/level.h"
#include "card/channel/session.h"

namespace shomei::card::channel {

// Finds or makes the keys of the card that says these 10 bytes of itself, in that version. An error ends the
// channel and is handed on.
using FindKeys = std::function<Result<KeySet>(std::uint8_t version, ByteView diversification_data)>;

struct HostSettings {
  std::uint8_t key_version = 0;  // asked of the card; 0: whichever it has
  // The name of the security domain. When it is here, a challenge that the card counts (parameter i with 10)
  // must be the one of its counter, as the specification makes it.
  Bytes domain = {};
};

class HostChannel {
 public:
  // `host_challenge`: 8 bytes from a random source, never used again.
  static HostChannel begin(KeySet keys, Bytes host_challenge, HostSettings settings = {});
  static HostChannel begin(FindKeys find, Bytes host_challenge, HostSettings settings = {});

  SecretBytes initialize_update() const;

  // From the data of the answer to INITIALIZE UPDATE (29 or 32 bytes), the command that opens the channel.
  // malformed "channel_answer_form": not of its form, another protocol or S16; refused "channel_card_wrong":
  // the card does not have these keys, or has another version; refused "channel_level": the card cannot do
  // that level.
  Result<SecretBytes> external_authenticate(ByteView initialize_update_answer_data, Level level);

  // The command to send. Its class becomes 84 from 80 or 84 and 04 from 00 or 04. At most kPlainDataMax bytes
  // of data. Le stays as it is and is under no MAC: ask for more than the answer's data, which grow by 8
  // bytes, with R-ENC by up to 24. refused "channel_closed" when the channel is not open or the last command
  // has had no answer.
  Result<SecretBytes> wrap(const Command& command);

  // The answer as it came, with its status word. For EXTERNAL AUTHENTICATE it must be 9000: refused
  // "channel_not_opened" with `sw`. refused "channel_answer_wrong": changed, repeated, of another command or
  // card.
  Result<Answer> unwrap(ByteView raw_answer);

  bool open() const { return state_ == State::ready || state_ == State::waiting; }
  Level level() const { return session_.level(); }

 private:
  enum class State { begun, authenticating, ready, waiting, closed };

  HostChannel(FindKeys find, Bytes host_challenge, HostSettings settings);
  Result<Answer> opening(ByteView raw_answer);
  Result<Answer> opened(ByteView raw_answer);
  Result<SecretBytes> authenticate(ByteView answer_data, Level level);

  FindKeys find_;
  Bytes host_challenge_;
  HostSettings settings_;
  Session session_;
  State state_ = State::begun;
};

}  // namespace shomei::card::channel
