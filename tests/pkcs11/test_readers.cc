#include "tests/pkcs11/test_readers.h"

#include <thread>

#include "card/apdu.h"
#include "card/pin_id.h"
#include "pki/certificate.h"
#include "pki/signed_object.h"

namespace shomei::pkcs11 {
namespace {

using card::CardKind;
using card::Kind;

class Nowhere final : public card::applet::ChipStorage {
 public:
  Result<void> save(ByteView) override { return {}; }
};

struct Pair {
  crypto::PrivateKey key;
  Bytes certificate;
};

Bytes certificate_for(const crypto::PublicKey& key, const crypto::PrivateKey& issuer, std::string_view holder,
                      std::vector<pki::Extension> extensions) {
  pki::Name issuer_name, subject;
  issuer_name.add(pki::NameAttribute::country, "JP").add(pki::NameAttribute::common_name, "SAMPLE AUTHORITY");
  subject.add(pki::NameAttribute::country, "JP").add(pki::NameAttribute::common_name, holder);
  const auto algorithm = crypto::algorithm_of(issuer.type());
  const pki::TbsCertificate tbs{*pki::SerialNumber::parse_hex("2A51"),
                                algorithm,
                                issuer_name,
                                Instant{std::chrono::seconds{1764514800}},
                                Instant{std::chrono::seconds{2080047599}},
                                subject,
                                key,
                                std::move(extensions)};
  const Bytes tbs_der = pki::encode_tbs(tbs);
  return pki::assemble_signed(tbs_der, algorithm, *issuer.sign(tbs_der));
}

const crypto::PrivateKey& authority() {
  static const auto kKey = crypto::PrivateKey::generate(crypto::KeyType::rsa_2048);
  return kKey;
}

Bytes authority_certificate() {
  return certificate_for(
      authority().public_key(), authority(), "SAMPLE AUTHORITY",
      {pki::key_usage({pki::KeyUsage::key_cert_sign}), pki::basic_constraints_of_authority()});
}

const Pair& pair_of(CardKind card, Kind kind) {
  static std::map<std::pair<crypto::KeyType, Kind>, Pair> pairs;
  const auto type = card::applet::key_type(card);
  if (const auto found = pairs.find({type, kind}); found != pairs.end()) return found->second;
  auto key = crypto::PrivateKey::generate(type);
  auto certificate = certificate_for(key.public_key(), authority(),
                                     kind == Kind::signature ? "SAMPLE SIGNATURE" : "SAMPLE AUTHENTICATION",
                                     {pki::key_usage({pki::KeyUsage::digital_signature})});
  return pairs.emplace(std::pair{type, kind}, Pair{std::move(key), std::move(certificate)}).first->second;
}

}  // namespace

card::applet::ChipState issued_card(CardKind kind) {
  auto state = card::applet::ChipState::born(kind);
  state.phase = card::applet::Phase::operational;
  for (const Kind half_kind : card::kKinds) {
    if (!card::can_hold(kind, half_kind)) continue;
    const auto pin = half_kind == Kind::signature ? kPassword : kPin;
    if (card::has_pins(kind))
      state.pin(card::pin_id(half_kind)) = card::applet::StoredPin::make(card::pin_id(half_kind), view(pin));
    auto& half = state.of(half_kind);
    half.key = pair_of(kind, half_kind).key;
    half.certificate = pair_of(kind, half_kind).certificate;
    half.authority_certificate = authority_certificate();
  }
  return state;
}

const crypto::PublicKey& public_key_of(CardKind card, Kind kind) {
  return pair_of(card, kind).key.public_key();
}
ByteView certificate_of(CardKind card, Kind kind) {
  return pair_of(card, kind).certificate;
}

class TestReaders::Place {
 public:
  Nowhere storage;
  std::unique_ptr<card::applet::Chip> chip;
  std::uint32_t changes = 0;
  std::uint64_t resets = 0;
  std::optional<std::uint8_t> fatal_instruction;
  std::optional<std::uint8_t> fatal_after;  // once this one was answered
  std::mutex transaction;
};

struct TestReaders::World {
  std::mutex mutex;
  std::map<std::string, std::shared_ptr<Place>> places;
  std::map<std::uint8_t, std::size_t> commands;
  std::size_t connections = 0;
  std::size_t waits = 0;
  std::string_view look_failure = {};
  bool hidden = false;
};

namespace {

using Place = TestReaders::Place;
using World = TestReaders::World;

class ChipLink final : public CardLink {
 public:
  ChipLink(std::shared_ptr<World> world, std::shared_ptr<Place> place)
      : world_(std::move(world)),
        place_(std::move(place)),
        changes_(place_->changes),
        resets_(place_->resets) {
    ++world_->connections;
  }
  ~ChipLink() override {
    end();
    const std::scoped_lock lock(world_->mutex);
    --world_->connections;
  }

  Result<bool> begin() override {
    turn_ = std::unique_lock(place_->transaction);
    const std::scoped_lock lock(world_->mutex);
    if (is_gone()) return gone();
    return std::exchange(resets_, place_->resets) != place_->resets;
  }
  void end() noexcept override {
    if (turn_.owns_lock()) turn_.unlock();
  }
  Result<Bytes> transmit(ByteView command) override {
    const std::scoped_lock lock(world_->mutex);
    if (is_gone()) return gone();
    if (command[1] == place_->fatal_after) {
      place_->fatal_after.reset();
    } else if (command[1] == place_->fatal_instruction && !place_->fatal_after) {
      place_->fatal_instruction.reset();
      place_->chip.reset();
      ++place_->changes;
      return gone();
    }
    ++world_->commands[command[1]];
    return place_->chip->respond(command);
  }

 private:
  bool is_gone() const { return !place_->chip || place_->changes != changes_; }
  Error gone() {
    end();
    return unavailable("card_gone");
  }

  const std::shared_ptr<World> world_;
  const std::shared_ptr<Place> place_;
  const std::uint32_t changes_;
  std::uint64_t resets_;
  std::unique_lock<std::mutex> turn_;
};

class ChipReaders final : public Readers {
 public:
  explicit ChipReaders(std::shared_ptr<World> world) : world_(std::move(world)) {}

  Result<std::vector<ReaderSeen>> look() override {
    const std::scoped_lock lock(world_->mutex);
    if (!world_->look_failure.empty()) return unavailable(world_->look_failure);
    std::vector<ReaderSeen> seen;
    if (world_->hidden) return seen;
    for (const auto& [name, place] : world_->places)
      seen.push_back({name, place->chip != nullptr, place->changes});
    return seen;
  }
  Result<std::unique_ptr<CardLink>> connect(const std::string& reader) override {
    const std::scoped_lock lock(world_->mutex);
    const auto found = world_->places.find(reader);
    if (found == world_->places.end()) return not_found("reader_unknown", {{"reader", reader}});
    if (!found->second->chip) return unavailable("card_missing", {{"reader", reader}});
    return std::unique_ptr<CardLink>(std::make_unique<ChipLink>(world_, found->second));
  }
  void wait(std::chrono::milliseconds) override {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    const std::scoped_lock lock(world_->mutex);
    ++world_->waits;
  }

 private:
  const std::shared_ptr<World> world_;
};

ReadersMaker& kept() {
  static ReadersMaker maker;
  return maker;
}

}  // namespace

TestReaders::TestReaders() : world_(std::make_shared<World>()) {
  kept() = std::exchange(readers_maker(), [world = world_] { return std::make_unique<ChipReaders>(world); });
}
TestReaders::~TestReaders() {
  readers_maker() = std::move(kept());
}

void TestReaders::add_reader(const std::string& name) {
  const std::scoped_lock lock(world_->mutex);
  world_->places.emplace(name, std::make_shared<Place>());
}
void TestReaders::remove_reader(const std::string& name) {
  take_out(name);
  const std::scoped_lock lock(world_->mutex);
  world_->places.erase(name);
}
void TestReaders::insert(const std::string& name, card::applet::ChipState state) {
  const std::scoped_lock lock(world_->mutex);
  auto& place = *world_->places.at(name);
  place.chip = std::make_unique<card::applet::Chip>(std::move(state), place.storage);
  place.chip->reset();
  ++place.changes;
}
void TestReaders::take_out(const std::string& name) {
  const std::scoped_lock lock(world_->mutex);
  auto& place = *world_->places.at(name);
  place.chip.reset();
  ++place.changes;
}
void TestReaders::reset_by_another(const std::string& name) {
  const std::scoped_lock lock(world_->mutex);
  auto& place = *world_->places.at(name);
  if (place.chip) place.chip->reset();
  ++place.resets;
}
void TestReaders::let_looks_fail(std::string_view code) {
  const std::scoped_lock lock(world_->mutex);
  world_->look_failure = code;
}
void TestReaders::hide_readers(bool hidden) {
  const std::scoped_lock lock(world_->mutex);
  world_->hidden = hidden;
}
Bytes TestReaders::said_by_another(const std::string& name, ByteView command) {
  const std::scoped_lock lock(world_->mutex);
  auto& place = *world_->places.at(name);
  return place.chip ? place.chip->respond(command) : Bytes{};
}
unsigned TestReaders::tries_left(const std::string& name, Kind kind) {
  const std::scoped_lock lock(world_->mutex);
  return world_->places.at(name)->chip->state().tries_left(card::pin_id(kind));
}
void TestReaders::take_out_at_command(const std::string& name, std::uint8_t instruction,
                                      std::optional<std::uint8_t> after) {
  const std::scoped_lock lock(world_->mutex);
  world_->places.at(name)->fatal_instruction = instruction;
  world_->places.at(name)->fatal_after = after;
}
std::size_t TestReaders::commands(std::uint8_t instruction) {
  const std::scoped_lock lock(world_->mutex);
  return world_->commands[instruction];
}
std::size_t TestReaders::connections() {
  const std::scoped_lock lock(world_->mutex);
  return world_->connections;
}
std::size_t TestReaders::waits() {
  const std::scoped_lock lock(world_->mutex);
  return world_->waits;
}

}  // namespace shomei::pkcs11
