// ChipChannel: the chip's end of a secured channel (GlobalPlatform SCP03, Amendment D, i = 70: a
// pseudo-random challenge from a counter, R-MAC and R-ENC). It says what a command was when the issuer made
// it, and protects the answer. Any command that it cannot vouch for ends it: from then on it unwraps nothing.
//
// The chip keeps the counter: it raises and stores it before it answers INITIALIZE UPDATE, so that no
// challenge is given twice and nothing of an earlier session is ever taken.
#pragma once

#include <tl/expected.hpp>

#include "card/apdu.h"
#include "card/channel/key_set.h"
#include "card/channel/level.h"
#include "card/channel/session.h"

namespace shomei::card::channel {

// The value, or the status word to answer.
template <class T>
using OrWord = tl::expected<T, StatusWord>;

class ChipChannel {
 public:
  struct Started;

  // INITIALIZE UPDATE, 80 50 VV 00 08 <host challenge> 00, VV 00 or the version of the set.
  // `diversification_data`: 10 bytes. `aid`: the name of the security domain. 6A88 for another key version,
  // 6A86 for another P2, 6700 for another length or too little Le, 6985 when the counter is spent:
  // at kSequenceCounterMax.
  static OrWord<Started> start(const KeySet& keys, ByteView diversification_data,
                               std::uint32_t sequence_counter, ByteView aid,
                               const Command& initialize_update);

  // EXTERNAL AUTHENTICATE as it came, 84 82 <level> 00 10 <host cryptogram> <MAC>. 9000, and the channel is
  // open. Else it has ended: 6300 wrong cryptogram, 6982 wrong MAC, 6A86 no Level or another P2, 6700 another
  // length, 6985 when no INITIALIZE UPDATE came just before.
  StatusWord authenticate(ByteView raw_external_authenticate);

  // A command as it came over the line, because the MAC is over the very form of its length. 6985 when the
  // channel is not open; 6982 when the command is not protected or its MAC or padding is wrong, 6700 when it
  // is no command: both end the channel.
  OrWord<OwnedCommand> unwrap(ByteView raw_command);

  // The answer to the last command that unwrap() gave, once, while the channel is open. Data of an error's
  // status word are dropped, as the specification demands. At most kPlainDataMax bytes of data.
  Bytes wrap(const Answer& answer);

  bool open() const { return state_ == State::open; }
  Level level() const { return session_.level(); }  // of an open channel

 private:
  enum class State { started, open, ended };

  explicit ChipChannel(Session session) : session_(std::move(session)) {}
  StatusWord check_authentication(ByteView raw);
  void end();  // wipes the session's keys

  Session session_;
  State state_ = State::started;
  bool answer_due_ = false;
};

struct ChipChannel::Started {
  ChipChannel channel;
  Bytes answer_data;  // 32 bytes, of the answer 9000
};

}  // namespace shomei::card::channel
