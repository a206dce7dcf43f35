// Any dialogue with a card, and any bytes as a card's state. The first byte of an input says which card and
// whether the issuer's channel is open; then come commands, each with one byte of length before it. A length
// of zero is a reset; with the highest bit of the length the rest is sent by the issuer over its channel.
// Invariants: no signature of a key but by its own PIN, and of one that waits but over a request for itself;
// tries never rise and no PIN changes but by the right PIN or by an opened setting, which is one setting; no
// byte of a key or PIN in any answer; what was stored is what the chip has; every state can be written and
// read.
#include <algorithm>
#include <cstdlib>
#include <optional>

#include "card/applet/chip.h"
#include "card/applet/test_signatures.h"
#include "card/channel/host_channel.h"
#include "card/instruction.h"
#include "card/trace.h"
#include "der/reader.h"
#include "der/writer.h"

namespace {

using namespace shomei;
using namespace shomei::card;

constexpr std::string_view kPins[] = {"QX7ZP2KD", "4711"};  // as kKinds

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

enum class Use { signature, user_authentication, waiting };
constexpr Use kUses[] = {Use::signature, Use::user_authentication, Use::waiting};

Use use_of(Kind kind) {
  return kind == Kind::signature ? Use::signature : Use::user_authentication;
}

const crypto::PrivateKey& key_of(crypto::KeyType type, Use use) {
  static const auto three_of = [](crypto::KeyType of) {
    return std::array{crypto::PrivateKey::generate(of), crypto::PrivateKey::generate(of),
                      crypto::PrivateKey::generate(of)};
  };
  static const auto kRsa = three_of(crypto::KeyType::rsa_2048);
  static const auto kP384 = three_of(crypto::KeyType::ec_p384);
  return (type == crypto::KeyType::rsa_2048 ? kRsa : kP384)[static_cast<std::size_t>(use)];
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
    const auto type = applet::key_type(state.card_kind);
    half.key = key_of(type, use_of(kind));
    half.certificate = der::sequence({der::octet_string(Bytes(700, 0x11))});
    if (choice & 8) half.pending_key = key_of(type, Use::waiting);
  }
  state.pin(PinId::input_helper_a) = applet::StoredPin::make(PinId::input_helper_a, view("123456789012"));
  state.files[{ApplicationId::input_helper, 0x0001}] = Bytes(17, 0x31);
  state.files[{ApplicationId::common, 0x0001}] = Bytes(30, 0x32);
  return state;
}

// Twelve bytes of each secret number: enough to know it by.
void add_secrets(std::vector<Bytes>& all, const crypto::PrivateKey& key) {
  const auto pkcs8 = key.pkcs8();
  auto info = der::enter_single(pkcs8.reveal()).value();
  (void)info.take_integer();
  (void)info.take();
  auto members = der::enter_single(info.take_octet_string().value()).value();
  for (int member = 0; !members.done(); ++member) {
    const auto value = members.take().value();
    const bool secret = key.type() == crypto::KeyType::rsa_2048 ? member > 2 : member == 1;
    if (secret && value.content.size() > 16) all.push_back(to_bytes(value.content.subspan(4, 12)));
  }
}

const std::vector<Bytes>& secrets() {
  static const auto kSecrets = [] {
    std::vector<Bytes> all;
    for (const auto type : {crypto::KeyType::rsa_2048, crypto::KeyType::ec_p384})
      for (const auto use : kUses) add_secrets(all, key_of(type, use));
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

// The object 53 of an issuer's command.
ByteView data_of(const Command& command) {
  der::Reader objects(command.data);
  while (const auto object = objects.take())
    if (object->tag == 0x53) return object->content;
  return {};
}

bool is_request_for(const crypto::PublicKey& key, ByteView bytes) {
  const auto whole = der::parse_single(bytes);
  if (!whole || whole->tag != der::kSequence) return false;
  std::vector<der::Value> members;
  der::Reader reader(whole->content);
  while (const auto member = reader.take()) members.push_back(*member);
  return members.size() == 4 && reader.done() && equal(members[0].whole, der::integer(0)) &&
         members[1].tag == der::kSequence && equal(members[2].whole, key.spki()) &&
         members[3].tag == der::context_constructed(0);
}

bool is_signature_of(const crypto::PublicKey& key, ByteView message, ByteView signature) {
  const auto algorithm = key.type() == crypto::KeyType::rsa_2048
                             ? crypto::SignatureAlgorithm::rsa_pkcs1_sha256
                             : crypto::SignatureAlgorithm::ecdsa_sha384;
  return key.verify(algorithm, message, signature).has_value();
}

class Dialogue {
 public:
  explicit Dialogue(std::uint8_t choice) : chip_(state_for(choice), storage_) {
    if (choice & 0x10) open_channel();
  }

  Bytes say(ByteView command) {
    if (makes_a_key(command)) return {};
    (void)trace_command(command);
    const auto before = chip_.state();
    Bytes answer = chip_.respond(command);
    demand(answer.size() >= 2);
    for (const auto& secret : secrets())
      demand(std::search(answer.begin(), answer.end(), secret.begin(), secret.end()) == answer.end());
    watch(command, answer, before);
    return answer;
  }

  void reset() {
    chip_.reset();
    verified_.fill(false);
    opened_.fill(false);
    host_.reset();
  }

  void say_as_issuer(ByteView plain) {
    const auto command = parse_command(plain);
    if (!command || !host_ || makes_a_key(plain)) return;
    const auto wrapped =
        host_->wrap({kOwnClass, command->ins, command->p1, command->p2, command->data, 4096});
    if (!wrapped) return;
    const auto before = chip_.state();
    // The only command by which the issuer sets tries: of numbers that are no PIN of the holder.
    issuer_speaks_ = true;
    const Bytes raw = say(wrapped->reveal());
    issuer_speaks_ = false;
    const auto answer = host_->unwrap(raw);  // none: the terminal has spoken to the card in between
    if (answer && answer->word == sw::kDone) watch_issuer(*command, answer->data, before);
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
    for (const Kind kind : kKinds) watch_pin(kind, *command, done, before);
    for (const auto id : {PinId::input_helper_a, PinId::face_a})
      if (chip_.state().tries_left(id) > before.tries_left(id))
        demand(issuer_speaks_ || (done && before.pin(id) && before.pin(id)->is(command->data)));
    if (done && command->cla == kOwnClass && command->ins == ins::kComputeSignature)
      demand(is_allowed(*command, ByteView(answer).first(answer.size() - 2)));
  }

  void watch_pin(Kind kind, const Command& command, bool done, const applet::ChipState& before) {
    const auto id = pin_id(kind);
    const auto& was = before.pin(id);
    const auto& is = chip_.state().pin(id);
    bool& verified = verified_[index_of(kind)];
    bool& opened = opened_[index_of(kind)];
    const bool proved =
        done && command.cla == 0 && command.ins == ins::kVerify && was && was->is(command.data);
    if (proved) verified = true, opened = false;
    if (is && (!was || is->salt != was->salt)) {
      demand(done && command.ins == ins::kChangeReferenceData && (verified || opened));
      opened = false;
    } else if (chip_.state().tries_left(id) > before.tries_left(id)) {
      demand(proved);
    }
    if (chip_.state().tries_left(id) < before.tries_left(id)) verified = false;
  }

  bool is_allowed(const Command& command, ByteView signature) const {
    return std::any_of(kKinds.begin(), kKinds.end(), [&](Kind kind) {
      const auto& key = chip_.state().of(kind).key;
      return verified_[index_of(kind)] && key && applet::can_be_of(key->public_key(), command, signature);
    });
  }

  // Of a command that the card has done.
  void watch_issuer(const Command& command, ByteView answer, const applet::ChipState& before) {
    if (command.ins == ins::kResetRetryCounter) {
      const Bytes auth{0x51, 2, 0, 0x18};
      const bool of_auth = std::search(command.data.begin(), command.data.end(), auth.begin(), auth.end()) !=
                           command.data.end();
      const auto kind = of_auth ? Kind::user_authentication : Kind::signature;
      opened_[index_of(kind)] = true;
      verified_[index_of(kind)] = false;
    }
    if (command.ins == ins::kComputeSignature)
      demand(std::any_of(kKinds.begin(), kKinds.end(), [&](Kind kind) {
        const auto& key = before.of(kind).pending_key;
        return key && is_request_for(key->public_key(), data_of(command)) &&
               is_signature_of(key->public_key(), data_of(command), answer);
      }));
  }

  InMemory storage_;
  applet::Chip chip_;
  std::optional<channel::HostChannel> host_;
  std::array<bool, 2> verified_{}, opened_{};
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
