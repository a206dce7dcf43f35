// Any dialogue with a card, and any bytes as a card's state. The first byte of an input says which card it is
// (Card below); then come commands, each with its length before it: one byte up to 7D, or 7F and two bytes. A
// length of zero is a reset; with the highest bit of the first byte the rest is sent by the issuer over its
// channel; 7E before a length sends the command through a sealed session with the input helper, which is
// begun if there is none. Invariants: no signature of a key but by its own PIN, and of one that waits but
// over a request for itself; tries never rise and no PIN changes but by the right PIN, by an opened setting,
// which is one setting, or, of numbers that no holder chose, by the issuer; a guarded file is read by who
// has shown one of its PINs; no byte of a key, a PIN's salt or its hash in any answer; what was stored is
// what the chip has; every state can be written and read.
#include <algorithm>
#include <cstdlib>
#include <optional>

#include "card/applet/chip.h"
#include "card/applet/issuer_commands.h"
#include "card/applet/test_signatures.h"
#include "card/channel/host_channel.h"
#include "card/instruction.h"
#include "card/sealing/session_transport.h"
#include "card/trace.h"
#include "crypto/random.h"
#include "der/reader.h"
#include "der/writer.h"

namespace {

using namespace shomei;
using namespace shomei::card;

// The first byte of an input. Its lowest two bits are the CardKind.
namespace with {
constexpr std::uint8_t kOperational = 0x04, kPendingKeys = 0x08, kChannel = 0x10, kNoSessionKey = 0x20,
                       kFailingStorage = 0x40, kOtherSettings = 0x80;
}
constexpr std::uint8_t kAsIssuer = 0x80, kLongLength = 0x7F, kSealed = 0x7E;

// As kPins of card/pin_id.h.
constexpr std::string_view kNumbers[kPinCount] = {"4711",           "QX7ZP2KD",       "5823",
                                                  "123456789012",   "80010130123456", "210987654321",
                                                  "80010130654321", "800101",         "9034"};

void demand(bool holds) {
  if (!holds) std::abort();
}

class InMemory final : public applet::ChipStorage {
 public:
  explicit InMemory(bool fails) : fails_(fails) {}
  Result<void> save(ByteView state) override {
    if (fails_ && ++saves_ % 3 == 0) return unavailable("disk_full");
    saved = to_bytes(state);
    return {};
  }
  Bytes saved;

 private:
  bool fails_;
  unsigned saves_ = 0;
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

const crypto::PrivateKey& session_key() {
  static const auto kKey = crypto::PrivateKey::generate(crypto::KeyType::rsa_2048);
  return kKey;
}

// What stands in files that a PIN guards: nobody can say it who has not read it.
const Bytes& guarded_mark(PinSet readers) {
  static std::map<PinSet, Bytes> marks;
  auto& mark = marks[readers];
  if (mark.empty()) mark = crypto::random_bytes(12);
  return mark;
}

void add_files(applet::ChipState& state) {
  for (const auto& of : applications())
    for (const auto& file : of.files) {
      const applet::FileName name{of.id, file.id};
      if (file.content == Content::data)
        state.files[name] = file.readers == 0 ? Bytes(17, 0x31) : guarded_mark(file.readers);
      else if (file.content == Content::records)
        state.files[name] = Bytes(30, 0x32);
    }
}

// Of every kind of card, in either phase.
applet::ChipState state_for(std::uint8_t choice) {
  auto state = applet::ChipState::born(static_cast<CardKind>(choice & 3), factory());
  if (choice & with::kOperational) state.phase = applet::Phase::operational;
  for (const auto& pin : kPins) {
    const bool of_holder = pin.change != HolderChange::never;
    if (of_holder && !has_pins(state.card_kind)) continue;
    if (pin.id == PinId::input_helper && !has_input_helper_pin(state.card_kind)) continue;
    if (pin.id == PinId::signature && !can_hold(state.card_kind, Kind::signature)) continue;
    state.pin(pin.id) = applet::StoredPin::make(pin.id, view(kNumbers[index_of(pin.id)]));
  }
  for (const Kind kind : kKinds) {
    if (!can_hold(state.card_kind, kind)) continue;
    auto& half = state.of(kind);
    const auto type = applet::key_type(state.card_kind);
    half.key = key_of(type, use_of(kind));
    Bytes content(700, 0x11);
    if (kind == Kind::signature) std::ranges::copy(guarded_mark(any_of(PinId::signature)), content.begin());
    half.certificate = der::sequence({der::octet_string(content)});
    if (choice & with::kPendingKeys) half.pending_key = key_of(type, Use::waiting);
  }
  if (!(choice & with::kNoSessionKey)) state.session_key = session_key();
  add_files(state);
  return state;
}

applet::ChipSettings settings_for(std::uint8_t choice) {
  if (!(choice & with::kOtherSettings)) return {};
  return {.blocked_word = 0x6984, .secure_messaging_word = 0x69FC, .hides_empty_files = false};
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
    add_secrets(all, session_key());
    add_secrets(all, factory()->attestation_key);
    const auto& keys = factory()->issuer_keys;
    for (const auto* key : {&keys.enc, &keys.mac, &keys.dek})
      all.push_back(to_bytes(key->reveal().first(12)));
    return all;
  }();
  return kSecrets;
}

// Seconds of work that teach nothing.
bool makes_a_key(ByteView command) {
  return command.size() > 1 && command[1] == ins::kGenerateKeyPair;
}

bool has(ByteView answer, ByteView bytes) {
  return std::search(answer.begin(), answer.end(), bytes.begin(), bytes.end()) != answer.end();
}

bool changes_pin(const Command& command) {
  return command.ins == ins::kChangeReferenceData || command.ins == ins::kChangeKey;
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

class Dialogue final : private Transport {
 public:
  explicit Dialogue(std::uint8_t choice)
      : storage_(choice & with::kFailingStorage), chip_(state_for(choice), storage_, settings_for(choice)) {
    if (choice & with::kChannel) open_channel();
  }

  Bytes say(ByteView command) {
    if (makes_a_key(command)) return {};
    (void)trace_command(command);
    const auto before = chip_.state();
    Bytes answer = chip_.respond(command);
    demand(answer.size() >= 2);
    tells_no_secret(answer);
    watch(sealed_ ? *sealed_ : command, answer, before);
    if (!sealed_) tells_nothing_guarded(answer);
    return answer;
  }

  void reset() {
    chip_.reset();
    verified_ = opened_ = 0;
    host_.reset();
    session_.reset();
  }

  void say_as_issuer(ByteView plain) {
    const auto command = parse_command(plain);
    if (!command || !host_ || makes_a_key(plain)) return;
    const auto wrapped =
        host_->wrap({kOwnClass, command->ins, command->p1, command->p2, command->data, 4096});
    if (!wrapped) return;
    const auto before = chip_.state();
    issuer_speaks_ = true;
    const Bytes raw = say(wrapped->reveal());
    issuer_speaks_ = false;
    const auto answer = host_->unwrap(raw);  // none: the terminal has spoken to the card in between
    if (!answer || answer->word != sw::kDone) return;
    tells_no_secret(answer->data);
    tells_nothing_guarded(answer->data);
    watch_issuer(*command, answer->data, before);
  }

  void say_sealed(ByteView plain) {
    if (!session_) {
      auto begun = sealing::SessionTransport::begin(*this, session_key().public_key());
      if (!begun) return;
      session_.emplace(*std::move(begun));
    }
    const auto answer = session_->transmit(sealed_.emplace(to_bytes(plain)));
    sealed_.reset();
    if (!answer) return session_.reset();
    tells_no_secret(*answer);
    tells_nothing_guarded(*answer);
  }

  void finish() const {
    const auto stored = applet::encode_state(chip_.state());
    demand(applet::parse_state(stored.reveal()).has_value());
    if (!storage_.saved.empty()) demand(equal(storage_.saved, stored.reveal()));
  }

 private:
  Result<Bytes> transmit(ByteView command) override { return say(command); }

  void open_channel() {
    (void)chip_.respond(from_hex("00a4040c07a0000001510000").value());
    host_.emplace(channel::HostChannel::begin(factory()->issuer_keys.clone(), Bytes(8, 0x55)));
    const auto update = parse_answer(chip_.respond(host_->initialize_update().reveal())).value();
    const auto authenticate = host_->external_authenticate(update.data, channel::Level::all).value();
    demand(host_->unwrap(chip_.respond(authenticate.reveal())).has_value());
  }

  void tells_no_secret(ByteView answer) const {
    for (const auto& secret : secrets()) demand(!has(answer, secret));
    for (const auto& pin : chip_.state().pins)
      if (pin)
        demand(!has(answer, ByteView(pin->salt).first(12)) && !has(answer, ByteView(pin->hash).first(12)));
  }

  void tells_nothing_guarded(ByteView answer) const {
    for (const auto& of : applications())
      for (const auto& file : of.files)
        if (file.readers != 0 && has(answer, guarded_mark(file.readers)))
          demand(verified_ & used(file.readers));
  }

  // The PINs that are asked for where a file names these.
  PinSet used(PinSet named) const {
    PinSet all = 0;
    for (const auto& pin : kPins)
      if (contains(named, pin.id)) all |= any_of(pin_used(chip_.state().card_kind, pin.id));
    return all;
  }

  void watch(ByteView bytes, const Bytes& answer, const applet::ChipState& before) {
    const auto command = parse_command(bytes);
    const bool done = answer[answer.size() - 2] == 0x90 && answer.back() == 0;
    if (!command) return demand(!done);
    if (done && command->ins == ins::kSelect && command->p1 == kSelectApplication) verified_ = 0;
    for (const auto& pin : kPins) watch_pin(pin, *command, done, before);
    if (done && command->cla == kOwnClass && command->ins == ins::kComputeSignature)
      demand(is_allowed(*command, ByteView(answer).first(answer.size() - 2)));
  }

  void watch_pin(const PinEntry& pin, const Command& command, bool done, const applet::ChipState& before) {
    const PinSet mine = any_of(pin.id);
    const auto& was = before.pin(pin.id);
    const auto& is = chip_.state().pin(pin.id);
    const bool proved =
        done && command.cla == 0 && command.ins == ins::kVerify && was && was->is(command.data);
    if (proved) verified_ |= mine, opened_ &= ~mine;
    if (!is || (was && is->salt == was->salt)) {
      if (chip_.state().tries_left(pin.id) > before.tries_left(pin.id)) demand(proved);
    } else if (pin.change == HolderChange::never) {
      demand(issuer_speaks_ && changes_pin(command));
    } else {
      demand(done && changes_pin(command) && ((verified_ | opened_) & mine));
      opened_ &= ~mine;
    }
    if (chip_.state().tries_left(pin.id) < before.tries_left(pin.id)) verified_ &= ~mine;
  }

  bool is_allowed(const Command& command, ByteView signature) const {
    return std::any_of(kKinds.begin(), kKinds.end(), [&](Kind kind) {
      const auto& key = chip_.state().of(kind).key;
      return contains(verified_, pin_id(kind)) && key &&
             applet::can_be_of(key->public_key(), command, signature);
    });
  }

  // Of a command that the card has done.
  void watch_issuer(const Command& command, ByteView answer, const applet::ChipState& before) {
    const auto objects = applet::parse_data_objects(command.data).value();
    if (command.ins == ins::kGetStatus) opened_ = 0;
    if (command.ins == ins::kResetRetryCounter) {
      const auto named = *find_file(*objects.application, *objects.file)->pin;
      const PinSet mine = any_of(pin_used(before.card_kind, named));
      opened_ |= mine;
      verified_ &= ~mine;
    }
    if (command.ins == ins::kComputeSignature)
      demand(std::any_of(kKinds.begin(), kKinds.end(), [&](Kind kind) {
        const auto& key = before.of(kind).pending_key;
        const auto request = objects.data.value_or(ByteView{});
        return key && is_request_for(key->public_key(), request) &&
               is_signature_of(key->public_key(), request, answer);
      }));
  }

  InMemory storage_;
  applet::Chip chip_;
  std::optional<channel::HostChannel> host_;
  std::optional<sealing::SessionTransport> session_;
  std::optional<Bytes> sealed_;  // what is being said through the session
  PinSet verified_ = 0, opened_ = 0;
  bool issuer_speaks_ = false;
};

// The next command of an input, and how it is sent.
struct Said {
  enum class By { terminal, issuer, session } by = By::terminal;
  ByteView command;
};

Said take_command(ByteView& rest) {
  Said said;
  const auto take = [&] {
    const std::uint8_t byte = rest.empty() ? 0 : rest[0];
    rest = rest.subspan(std::min<std::size_t>(1, rest.size()));
    return byte;
  };
  std::size_t length = take();
  if (length & kAsIssuer) said.by = Said::By::issuer, length &= 0x7F;
  if (length == kSealed) said.by = Said::By::session, length = take();
  if (length == kLongLength) length = static_cast<std::size_t>(take()) << 8 | take();
  said.command = rest.first(std::min(length, rest.size()));
  rest = rest.subspan(said.command.size());
  return said;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ByteView rest(data, size);
  (void)applet::parse_state(rest);
  (void)applet::parse_state_1(rest);
  if (rest.empty()) return 0;
  Dialogue dialogue(rest[0]);
  rest = rest.subspan(1);
  while (!rest.empty()) {
    const auto [by, command] = take_command(rest);
    if (command.empty())
      dialogue.reset();
    else if (by == Said::By::issuer)
      dialogue.say_as_issuer(command);
    else if (by == Said::By::session)
      dialogue.say_sealed(command);
    else
      dialogue.say(command);
  }
  dialogue.finish();
  return 0;
}
