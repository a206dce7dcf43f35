#include "card/channel/session.h"

#include <algorithm>

#include "base/check.h"
#include "card/channel/derivation.h"
#include "crypto/digest.h"

namespace shomei::card::channel {
namespace {

constexpr std::uint8_t kOfCommand = 0x00;
constexpr std::uint8_t kOfAnswer = 0x80;
constexpr std::uint8_t kPadding = 0x80;

// ISO/IEC 9797-1 padding method 2.
SecretBytes padded(ByteView data) {
  Bytes blocks;
  blocks.reserve(data.size() + crypto::kAesBlockBytes);
  append(blocks, data);
  blocks.push_back(kPadding);
  while (blocks.size() % crypto::kAesBlockBytes != 0) blocks.push_back(0);
  return SecretBytes::adopt(std::move(blocks));
}

// The MAC is known to be right: what is wrong here, the other end did wrong.
std::optional<SecretBytes> unpadded(const SecretBytes& blocks) {
  const ByteView bytes = blocks.reveal();
  std::size_t end = bytes.size();
  const std::size_t least = end < crypto::kAesBlockBytes ? 0 : end - crypto::kAesBlockBytes;
  while (end > least && bytes[end - 1] == 0) --end;
  if (end == least || bytes[end - 1] != kPadding) return {};
  return SecretBytes(bytes.first(end - 1));
}

std::optional<SecretBytes> decrypted(const SecretBytes& key, const crypto::AesBlock& first, ByteView data) {
  if (data.size() % crypto::kAesBlockBytes != 0) return {};
  return unpadded(crypto::decrypt_cbc(key, first, data));
}

SecretBytes encrypted(const SecretBytes& key, const crypto::AesBlock& first, ByteView data) {
  return crypto::encrypt_cbc(key, first, padded(data).reveal());
}

// What the MAC of a command is over: header, Lc in its form, and the data before the MAC.
ByteView under_mac(ByteView raw, std::size_t data_bytes) {
  const std::size_t length_bytes = raw[kHeaderBytes] == 0 ? 3 : 1;
  return raw.first(kHeaderBytes + length_bytes + data_bytes - kMacBytes);
}

}  // namespace

Session::Session(const KeySet& keys, ByteView host_challenge, ByteView card_challenge)
    : host_challenge_(to_bytes(host_challenge)), card_challenge_(to_bytes(card_challenge)) {
  SHOMEI_INVARIANT(keys.usable());
  SHOMEI_INVARIANT(host_challenge.size() == kChallengeBytes && card_challenge.size() == kChallengeBytes);
  const std::size_t bytes = keys.enc.size();
  enc_ = derive(keys.enc, Derived::session_enc, bytes, {host_challenge, card_challenge});
  mac_ = derive(keys.mac, Derived::session_mac, bytes, {host_challenge, card_challenge});
  rmac_ = derive(keys.mac, Derived::session_rmac, bytes, {host_challenge, card_challenge});
}

Bytes Session::card_cryptogram() const {
  return to_bytes(
      derive(mac_, Derived::card_cryptogram, kMacBytes, {host_challenge_, card_challenge_}).reveal());
}

Bytes Session::host_cryptogram() const {
  return to_bytes(
      derive(mac_, Derived::host_cryptogram, kMacBytes, {host_challenge_, card_challenge_}).reveal());
}

SecretBytes Session::with_mac(const Command& command, ByteView data) {
  Command sent = command;
  sent.cla |= kSecureMessaging;
  Bytes room;
  room.reserve(data.size() + kMacBytes);  // in one place, which is wiped below
  append(room, data);
  room.resize(data.size() + kMacBytes);
  sent.data = room;
  const auto without = encode_command(sent);
  const auto mac = crypto::cmac(mac_, {chain_, under_mac(without.reveal(), room.size())});
  std::ranges::copy(mac.reveal(), chain_.begin());
  std::ranges::copy(mac.reveal().first(kMacBytes), room.end() - kMacBytes);
  auto whole = encode_command(sent);
  (void)SecretBytes::adopt(std::move(room));  // wiped: at some levels it is plain
  return whole;
}

// The command with its data before the MAC, still encrypted.
std::optional<Command> Session::checked(ByteView raw) {
  auto command = parse_command(raw);
  if (!command || command->data.size() < kMacBytes) return {};
  if (command->cla != kSecureMessaging && command->cla != (0x80 | kSecureMessaging)) return {};
  const auto mac = crypto::cmac(mac_, {chain_, under_mac(raw, command->data.size())});
  if (!crypto::equal_in_constant_time(mac.reveal().first(kMacBytes), command->data.last(kMacBytes)))
    return {};
  std::ranges::copy(mac.reveal(), chain_.begin());
  command->data = command->data.first(command->data.size() - kMacBytes);
  command->cla &= static_cast<std::uint8_t>(~kSecureMessaging);
  return *command;
}

// The block that stands before the data (Amendment D 6.2.6, 6.2.7): the number of the command, encrypted.
crypto::AesBlock Session::first_block(std::uint8_t mark) const {
  Bytes number(crypto::kAesBlockBytes - sizeof(commands_));
  append_u64(number, commands_);
  number[0] = mark;
  const auto block = crypto::encrypt_cbc(enc_, {}, number);
  crypto::AesBlock first{};
  std::ranges::copy(block.reveal(), first.begin());
  return first;
}

SecretBytes Session::protect_authentication(const Command& command) {
  return with_mac(command, command.data);
}

bool Session::open_authentication(ByteView raw) {
  return checked(raw).has_value();
}

SecretBytes Session::protect(const Command& command) {
  SHOMEI_INVARIANT(command.data.size() <= kPlainDataMax);
  ++commands_;
  if (!encrypts_commands(level_) || command.data.empty()) return with_mac(command, command.data);
  return with_mac(command, encrypted(enc_, first_block(kOfCommand), command.data).reveal());
}

std::optional<OwnedCommand> Session::open(ByteView raw) {
  ++commands_;
  const auto command = checked(raw);
  if (!command) return {};
  OwnedCommand opened{.cla = command->cla,
                      .ins = command->ins,
                      .p1 = command->p1,
                      .p2 = command->p2,
                      .data = {},
                      .le = command->le};
  if (!encrypts_commands(level_) || command->data.empty()) {
    opened.data = SecretBytes(command->data);
    return opened;
  }
  auto plain = decrypted(enc_, first_block(kOfCommand), command->data);
  if (!plain) return {};
  opened.data = *std::move(plain);
  return opened;
}

SecretBytes Session::answer_mac(ByteView data, StatusWord word) const {
  Bytes status;
  append_u16(status, word);
  return crypto::cmac(rmac_, {chain_, data, status});
}

Bytes Session::protect(const Answer& answer) const {
  SHOMEI_INVARIANT(answer.data.size() <= kPlainDataMax);
  if (!authenticates_answers(level_)) return encode_answer(answer);
  if (!is_protected(answer.word)) return encode_answer(answer.word);
  Answer sent = answer;
  if (encrypts_answers(level_) && !answer.data.empty())
    sent.data = to_bytes(encrypted(enc_, first_block(kOfAnswer), answer.data).reveal());
  append(sent.data, answer_mac(sent.data, answer.word).reveal().first(kMacBytes));
  return encode_answer(sent);
}

std::optional<Answer> Session::open(const Answer& answer) const {
  if (!authenticates_answers(level_)) return answer;
  if (!is_protected(answer.word)) return answer.data.empty() ? std::optional(answer) : std::nullopt;
  if (answer.data.size() < kMacBytes) return {};
  const ByteView data = ByteView(answer.data).first(answer.data.size() - kMacBytes);
  const auto mac = answer_mac(data, answer.word);
  if (!crypto::equal_in_constant_time(mac.reveal().first(kMacBytes), ByteView(answer.data).last(kMacBytes)))
    return {};
  Answer opened(answer.word);
  if (!encrypts_answers(level_) || data.empty()) {
    opened.data = to_bytes(data);
    return opened;
  }
  const auto plain = decrypted(enc_, first_block(kOfAnswer), data);
  if (!plain) return {};
  opened.data = to_bytes(plain->reveal());
  return opened;
}

}  // namespace shomei::card::channel
