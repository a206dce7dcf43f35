// What both ends of a channel compute alike: session keys, cryptograms, the chain of MACs and the counter of
// encryption (Amendment D sections 6.2.1 to 6.2.7). It knows no order of messages: HostChannel and
// ChipChannel do. Of this folder alone.
#pragma once

#include <optional>

#include "card/apdu.h"
#include "card/channel/key_set.h"
#include "card/channel/level.h"
#include "crypto/aes.h"

namespace shomei::card::channel {

inline constexpr std::size_t kChallengeBytes = 8;
inline constexpr std::size_t kMacBytes = 8;
inline constexpr std::uint32_t kSequenceCounterMax = 0xFFFFFF;  // in three bytes
// Of a command or an answer at any level: with padding and MAC it still has an extended length.
inline constexpr std::size_t kPlainDataMax = 65'519;

inline constexpr std::uint8_t kSecureMessaging = 0x04;  // in the class

// Only these answers are protected (Amendment D 6.2.5): all other status words count as errors.
constexpr bool is_protected(StatusWord word) {
  return word == sw::kDone || word >> 8 == 0x62 || word >> 8 == 0x63;
}

// A command as the issuer made it: class 80 or 00, plain data. It owns its data, which may be secret.
struct OwnedCommand {
  std::uint8_t cla = 0;
  std::uint8_t ins = 0;
  std::uint8_t p1 = 0;
  std::uint8_t p2 = 0;
  SecretBytes data;
  std::optional<std::uint32_t> le;

  // Borrows the data.
  Command view() const {
    return {.cla = cla, .ins = ins, .p1 = p1, .p2 = p2, .data = data.reveal(), .le = le};
  }
};

class Session {
 public:
  Session() = default;  // without keys
  Session(const KeySet& keys, ByteView host_challenge, ByteView card_challenge);

  // 8 bytes each.
  Bytes card_cryptogram() const;
  Bytes host_cryptogram() const;

  Level level() const { return level_; }
  void set_level(Level level) { level_ = level; }

  // EXTERNAL AUTHENTICATE: a MAC, which begins the chain, and no encryption.
  SecretBytes protect_authentication(const Command& command);
  bool open_authentication(ByteView raw);

  // Each counts one command on.
  SecretBytes protect(const Command& command);
  // None: not protected, or not as it was made. Nothing has changed then but the counter.
  std::optional<OwnedCommand> open(ByteView raw);

  // Of the command that was protected or opened last.
  Bytes protect(const Answer& answer) const;
  std::optional<Answer> open(const Answer& answer) const;

 private:
  SecretBytes with_mac(const Command& command, ByteView data);
  std::optional<Command> checked(ByteView raw);
  crypto::AesBlock first_block(std::uint8_t mark) const;
  SecretBytes answer_mac(ByteView data, StatusWord word) const;

  SecretBytes enc_, mac_, rmac_;
  Bytes host_challenge_, card_challenge_;
  Level level_ = Level::all;
  crypto::AesBlock chain_{};
  std::uint64_t commands_ = 0;
};

}  // namespace shomei::card::channel
