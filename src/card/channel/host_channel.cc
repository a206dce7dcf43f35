#include "card/channel/host_channel.h"

#include <memory>
#include <utility>

#include "base/check.h"
#include "card/channel/derivation.h"
#include "card/instruction.h"
#include "crypto/digest.h"

namespace shomei::card::channel {
namespace {

constexpr std::string_view kSource = "GPC Amendment D 7.1";
constexpr std::uint8_t kProtocol = 0x03;
// Parameter i (Amendment D table 5-1). Any other bit is of something later, as S16 is.
constexpr std::uint8_t kCountsChallenges = 0x10;
constexpr std::uint8_t kAuthenticatesAnswers = 0x20;
constexpr std::uint8_t kEncryptsAnswers = 0x40;
constexpr std::uint8_t kKnownBits = kCountsChallenges | kAuthenticatesAnswers | kEncryptsAnswers;

constexpr std::size_t kVersionAt = kDiversificationBytes;
constexpr std::size_t kChallengeAt = kVersionAt + 3;
constexpr std::size_t kCryptogramAt = kChallengeAt + kChallengeBytes;
constexpr std::size_t kCounterAt = kCryptogramAt + kChallengeBytes;
constexpr std::size_t kCounterBytes = 3;

// The data of the answer to INITIALIZE UPDATE; borrows them.
struct Introduction {
  ByteView diversification_data;
  std::uint8_t version = 0;
  std::uint8_t parameter_i = 0;
  ByteView challenge;
  ByteView cryptogram;
  std::optional<std::uint32_t> sequence_counter;

  bool can(Level level) const {
    return (!authenticates_answers(level) || (parameter_i & kAuthenticatesAnswers)) &&
           (!encrypts_answers(level) || (parameter_i & kEncryptsAnswers));
  }
};

std::optional<Introduction> parse_introduction(ByteView data) {
  if (data.size() != kCounterAt && data.size() != kCounterAt + kCounterBytes) return {};
  Introduction card{.diversification_data = data.first(kDiversificationBytes),
                    .version = data[kVersionAt],
                    .parameter_i = data[kVersionAt + 2],
                    .challenge = data.subspan(kChallengeAt, kChallengeBytes),
                    .cryptogram = data.subspan(kCryptogramAt, kChallengeBytes)};
  const bool counts = (card.parameter_i & kCountsChallenges) != 0;
  if (data[kVersionAt + 1] != kProtocol || (card.parameter_i & ~kKnownBits) != 0) return {};
  if (counts != (data.size() > kCounterAt)) return {};
  if (counts) {
    const auto counter = data.subspan(kCounterAt);
    card.sequence_counter = static_cast<std::uint32_t>(counter[0] << 16 | counter[1] << 8 | counter[2]);
  }
  return card;
}

std::string hex_of(std::uint8_t byte) {
  return to_hex_upper(Bytes{byte});
}

Error wrong_card(const Introduction& card) {
  return refused("channel_card_wrong", {{"card", to_hex_upper(card.diversification_data)}}, kSource);
}

}  // namespace

HostChannel::HostChannel(FindKeys find, Bytes host_challenge, HostSettings settings)
    : find_(std::move(find)), host_challenge_(std::move(host_challenge)), settings_(std::move(settings)) {
  SHOMEI_INVARIANT(host_challenge_.size() == kChallengeBytes);
}

HostChannel HostChannel::begin(FindKeys find, Bytes host_challenge, HostSettings settings) {
  return {std::move(find), std::move(host_challenge), std::move(settings)};
}

HostChannel HostChannel::begin(KeySet keys, Bytes host_challenge, HostSettings settings) {
  // A std::function must be copyable, and a KeySet is not.
  auto shared = std::make_shared<const KeySet>(std::move(keys));
  FindKeys find = [shared](std::uint8_t, ByteView) -> Result<KeySet> { return shared->clone(); };
  return begin(std::move(find), std::move(host_challenge), std::move(settings));
}

SecretBytes HostChannel::initialize_update() const {
  return encode_command({.cla = kOwnClass,
                         .ins = ins::kInitializeUpdate,
                         .p1 = settings_.key_version,
                         .data = host_challenge_,
                         .le = kShortAnswerMax});
}

Result<SecretBytes> HostChannel::external_authenticate(ByteView initialize_update_answer_data, Level level) {
  if (state_ != State::begun) return refused("channel_closed");
  state_ = State::closed;
  auto command = authenticate(initialize_update_answer_data, level);
  find_ = nullptr;
  if (command) state_ = State::authenticating;
  return command;
}

Result<SecretBytes> HostChannel::authenticate(ByteView answer_data, Level level) {
  const auto card = parse_introduction(answer_data);
  if (!card) return malformed("channel_answer_form", {{"data", to_hex_upper(answer_data)}}, kSource);
  if (settings_.key_version != 0 && card->version != settings_.key_version) return wrong_card(*card);
  if (!card->can(level))
    return refused("channel_level",
                   {{"level", hex_of(static_cast<std::uint8_t>(level))}, {"card", hex_of(card->parameter_i)}},
                   kSource);
  SHOMEI_TRY(const KeySet keys, find_(card->version, card->diversification_data));
  if (keys.version != card->version) return wrong_card(*card);
  session_ = Session(keys, host_challenge_, card->challenge);
  if (!crypto::equal_in_constant_time(session_.card_cryptogram(), card->cryptogram)) return wrong_card(*card);
  if (card->sequence_counter && !settings_.domain.empty() &&
      !equal(card->challenge, counted_challenge(keys.enc, *card->sequence_counter, settings_.domain)))
    return wrong_card(*card);
  session_.set_level(level);
  return session_.protect_authentication({.cla = kOwnClass,
                                          .ins = ins::kExternalAuthenticate,
                                          .p1 = static_cast<std::uint8_t>(level),
                                          .data = session_.host_cryptogram()});
}

Result<SecretBytes> HostChannel::wrap(const Command& command) {
  if (state_ != State::ready) return refused("channel_closed");
  state_ = State::waiting;
  return session_.protect(command);
}

Result<Answer> HostChannel::unwrap(ByteView raw_answer) {
  if (state_ != State::authenticating && state_ != State::waiting) return refused("channel_closed");
  const State before = std::exchange(state_, State::closed);
  auto answer = before == State::authenticating ? opening(raw_answer) : opened(raw_answer);
  if (answer)
    state_ = State::ready;
  else
    session_ = Session();
  return answer;
}

// The answer to EXTERNAL AUTHENTICATE is never protected (Amendment D 7.1.2).
Result<Answer> HostChannel::opening(ByteView raw_answer) {
  SHOMEI_TRY(auto answer, parse_answer(raw_answer));
  if (answer.word == sw::kDone && answer.data.empty()) return answer;
  Bytes word;
  append_u16(word, answer.word);
  return refused("channel_not_opened", {{"sw", to_hex_upper(word)}}, kSource);
}

Result<Answer> HostChannel::opened(ByteView raw_answer) {
  if (const auto answer = parse_answer(raw_answer)) {
    if (auto plain = session_.open(*answer)) return *std::move(plain);
  }
  return refused("channel_answer_wrong", {{"bytes", std::to_string(raw_answer.size())}}, kSource);
}

}  // namespace shomei::card::channel
