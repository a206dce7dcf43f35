// Any dialogue with a card, and any bytes as a card's state. The first byte of an input says which card and
// whether the issuer's channel is open; then come commands, each with one byte of length before it. A length
// of zero is a reset; with the highest bit of the length the rest is sent by the issuer over its channel.
// Invariants: no PIN, no signature; tries never rise but by the right PIN or by an opened setting; no byte of
// a key or PIN in any answer; what was stored is what the chip has; every state can be written and read.
#include <algorithm>
#include <cstdlib>
#include <optional>

#include "card/applet/chip.h"
#include "card/channel/host_channel.h"
#include "card/instruction.h"
#include "card/trace.h"
#include "der/reader.h"
#include "der/writer.h"

namespace {

using namespace shomei;
using namespace shomei::card;

constexpr std::string_view kPins[] = {"4711", "QX7ZP2KD"};

void demand(bool holds) {
  if (!holds) std::abort();
}

class InMemory final : public applet::ChipStorage {
 public:
  Result<void> save(ByteView state) override {
    saved = to_bytes(state);
    return {};
  }
  Bytes saved;
};

std::shared_ptr<const applet::Factory> factory() {
  static const auto kFactory = std::make_shared<const applet::Factory>(
      applet::Factory{{.version = 1,
                       .enc = SecretBytes(Bytes(16, 0xE1)),
                       .mac = SecretBytes(Bytes(16, 0xA2)),
                       .dek = SecretBytes(Bytes(16, 0xD3))},
                      {1, 2, 3, 4, 5, 6, 7, 8, 9, 10},
                      crypto::PrivateKey::generate(crypto::KeyType::ec_p256),
                      der::sequence({der::octet_string(Bytes(300, 0x7E))})});
  return kFactory;
}

const crypto::PrivateKey& key_of(crypto::KeyType type) {
  static const auto kRsa = crypto::PrivateKey::generate(crypto::KeyType::rsa_2048);
  static const auto kP384 = crypto::PrivateKey::generate(crypto::KeyType::ec_p384);
  return type == crypto::KeyType::rsa_2048 ? kRsa : kP384;
}

// Of every kind of card, in either phase.
applet::ChipState state_for(std::uint8_t choice) {
  auto state = applet::ChipState::born(static_cast<CardKind>(choice & 3), factory());
  if (choice & 4) state.phase = applet::Phase::operational;
  for (const Kind kind : kKinds) {
    if (!can_hold(state.card_kind, kind)) continue;
    if (has_pins(state.card_kind))
      state.pin(pin_id(kind)) = applet::StoredPin::make(pin_id(kind), view(kPins[index_of(kind)]));
    auto& half = state.of(kind);
    half.key = key_of(applet::key_type(state.card_kind));
    half.certificate = der::sequence({der::octet_string(Bytes(700, 0x11))});
    if (choice & 8) half.pending_key = half.key;
  }
  state.pin(PinId::input_helper_a) = applet::StoredPin::make(PinId::input_helper_a, view("123456789012"));
  state.files[{ApplicationId::input_helper, 0x0001}] = Bytes(17, 0x31);
  state.files[{ApplicationId::common, 0x0001}] = Bytes(30, 0x32);
  return state;
}

// Twelve bytes of each secret number: enough to know it by.
const std::vector<Bytes>& secrets() {
  static const auto kSecrets = [] {
    std::vector<Bytes> all;
    for (const auto type : {crypto::KeyType::rsa_2048, crypto::KeyType::ec_p384}) {
      const auto pkcs8 = key_of(type).pkcs8();
      auto info = der::enter_single(pkcs8.reveal()).value();
      (void)info.take_integer();
      (void)info.take();
      auto members = der::enter_single(info.take_octet_string().value()).value();
      for (int member = 0; !members.done(); ++member) {
        const auto value = members.take().value();
        const bool secret = type == crypto::KeyType::rsa_2048 ? member > 2 : member == 1;
        if (secret && value.content.size() > 16) all.push_back(to_bytes(value.content.subspan(4, 12)));
      }
    }
    for (const auto* key : {&factory()->issuer_keys.enc, &factory()->issuer_keys.mac})
      all.push_back(to_bytes(key->reveal().first(12)));
    return all;
  }();
  return kSecrets;
}

// Seconds of work that teach nothing.
bool makes_a_key(ByteView command) {
  return command.size() > 1 && command[1] == ins::kGenerateKeyPair;
}

class Dialogue {
 public:
  explicit Dialogue(std::uint8_t choice) : chip_(state_for(choice), storage_) {
    if (choice & 0x10) open_channel();
  }

  void say(ByteView command) {
    if (makes_a_key(command)) return;
    (void)trace_command(command);
    const auto before = chip_.state();
    const Bytes answer = chip_.respond(command);
    demand(answer.size() >= 2);
    for (const auto& secret : secrets())
      demand(std::search(answer.begin(), answer.end(), secret.begin(), secret.end()) == answer.end());
    watch(command, answer, before);
  }

  void reset() {
    chip_.reset();
    verified_.fill(false);
    opened_ = false;
    host_.reset();
  }

  void say_as_issuer(ByteView plain) {
    const auto command = parse_command(plain);
    if (!command || !host_ || makes_a_key(plain)) return;
    const auto wrapped =
        host_->wrap({kOwnClass, command->ins, command->p1, command->p2, command->data, 4096});
    if (!wrapped) return;
    opened_ = opened_ || command->ins == ins::kResetRetryCounter;
    // The only command by which the issuer sets tries: of numbers that are no PIN of the holder.
    issuer_speaks_ = true;
    say(wrapped->reveal());
    issuer_speaks_ = false;
  }

  void finish() const {
    const auto stored = applet::encode_state(chip_.state());
    demand(applet::parse_state(stored.reveal()).has_value());
    if (!storage_.saved.empty()) demand(equal(storage_.saved, stored.reveal()));
  }

 private:
  void open_channel() {
    (void)chip_.respond(from_hex("00a4040c07a0000001510000").value());
    host_.emplace(channel::HostChannel::begin(factory()->issuer_keys.clone(), Bytes(8, 0x55)));
    const auto update = parse_answer(chip_.respond(host_->initialize_update().reveal())).value();
    const auto authenticate = host_->external_authenticate(update.data, channel::Level::all).value();
    demand(host_->unwrap(chip_.respond(authenticate.reveal())).has_value());
  }

  void watch(ByteView bytes, const Bytes& answer, const applet::ChipState& before) {
    const auto command = parse_command(bytes);
    const bool done = answer[answer.size() - 2] == 0x90 && answer.back() == 0;
    if (!command) return demand(!done);
    if (done && command->ins == ins::kSelect && command->p1 == 4) verified_.fill(false);
    for (const Kind kind : kKinds) {
      const auto id = pin_id(kind);
      const bool proved = done && command->cla == 0 && command->ins == ins::kVerify && before.pin(id) &&
                          before.pin(id)->is(command->data);
      if (proved) verified_[index_of(kind)] = true;
      const bool changed = done && command->ins == ins::kChangeReferenceData;
      if (chip_.state().tries_left(id) > before.tries_left(id))
        demand(proved || (changed && (verified_[index_of(kind)] || opened_)));
    }
    for (const auto id : {PinId::input_helper_a, PinId::face_a})
      if (chip_.state().tries_left(id) > before.tries_left(id))
        demand(issuer_speaks_ || (done && before.pin(id) && before.pin(id)->is(command->data)));
    const bool signature = done && command->cla == kOwnClass && command->ins == ins::kComputeSignature;
    if (signature) demand(verified_[0] || verified_[1]);
  }

  InMemory storage_;
  applet::Chip chip_;
  std::optional<channel::HostChannel> host_;
  std::array<bool, 2> verified_{};
  bool opened_ = false;
  bool issuer_speaks_ = false;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ByteView rest(data, size);
  (void)applet::parse_state(rest);
  (void)applet::parse_state_1(rest);
  if (rest.empty()) return 0;
  Dialogue dialogue(rest[0]);
  rest = rest.subspan(1);
  while (!rest.empty()) {
    const bool as_issuer = rest[0] & 0x80;
    const auto length = std::min<std::size_t>(rest[0] & 0x7F, rest.size() - 1);
    const auto command = rest.subspan(1, length);
    rest = rest.subspan(1 + length);
    if (command.empty())
      dialogue.reset();
    else if (as_issuer)
      dialogue.say_as_issuer(command);
    else
      dialogue.say(command);
  }
  dialogue.finish();
  return 0;
}
