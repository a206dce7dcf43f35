#include "card/applet/state.h"
#include "card/applet/state_members.h"
#include "der/reader.h"
#include "der/writer.h"

namespace shomei::card::applet {
namespace {

constexpr std::int64_t kVersion = 2;
constexpr der::Tag kFactoryTag = der::context_constructed(0);
constexpr der::Tag kKeyTag = der::context(1);
constexpr der::Tag kPendingKeyTag = der::context(2);
constexpr der::Tag kSessionKeyTag = der::context(3);

// Four digits are found from these bytes: each intermediate copy is wiped.
SecretBytes encode_pin(PinId id, const StoredPin& pin) {
  const auto salt = SecretBytes::adopt(der::octet_string(pin.salt));
  const auto hash = SecretBytes::adopt(der::octet_string(pin.hash));
  return SecretBytes::adopt(
      der::sequence({der::enumerated(static_cast<std::uint8_t>(id)), salt.reveal(), hash.reveal(),
                     der::integer(static_cast<std::int64_t>(pin.tries_left))}));
}

SecretBytes encode_pins(const ChipState& state) {
  std::vector<SecretBytes> pins;
  std::size_t bytes = 0;
  for (const auto& entry : kPins)
    if (const auto& pin = state.pin(entry.id)) bytes += pins.emplace_back(encode_pin(entry.id, *pin)).size();
  Bytes all;
  all.reserve(bytes);
  for (const auto& pin : pins) append(all, pin.reveal());
  return SecretBytes::adopt(der::encode(der::kSequence, SecretBytes::adopt(std::move(all)).reveal()));
}

SecretBytes encode_key(der::Tag tag, const std::optional<crypto::PrivateKey>& key) {
  return SecretBytes::adopt(key ? der::encode(tag, key->pkcs8().reveal()) : Bytes{});
}

// Each intermediate copy of a private key is wiped.
SecretBytes encode_kind(const KindState& kind) {
  const auto key = encode_key(kKeyTag, kind.key);
  const auto pending = encode_key(kPendingKeyTag, kind.pending_key);
  return SecretBytes::adopt(
      der::sequence({key.reveal(), pending.reveal(), der::octet_string(kind.certificate),
                     der::octet_string(kind.authority_certificate)}));
}

SecretBytes encode_factory(const Factory* factory) {
  if (!factory) return {};
  const auto& keys = factory->issuer_keys;
  const auto secret = [](const SecretBytes& bytes) {
    return SecretBytes::adopt(der::octet_string(bytes.reveal()));
  };
  const auto enc = secret(keys.enc);
  const auto mac = secret(keys.mac);
  const auto dek = secret(keys.dek);
  const auto attestation = secret(factory->attestation_key.pkcs8());
  return SecretBytes::adopt(
      der::constructed(kFactoryTag, {der::integer(keys.version), enc.reveal(), mac.reveal(), dek.reveal(),
                                     der::octet_string(factory->diversification), attestation.reveal(),
                                     der::octet_string(factory->attestation_certificate)}));
}

Bytes encode_files(const ChipState& state) {
  std::vector<Bytes> files;
  for (const auto& [name, content] : state.files)
    files.push_back(der::sequence({der::enumerated(static_cast<std::uint8_t>(name.application)),
                                   der::integer(name.file), der::octet_string(content)}));
  return der::sequence(files);
}

Result<crypto::PrivateKey> parse_holder_key(CardKind kind, ByteView pkcs8) {
  return parse_key(key_type(kind), pkcs8);
}

Result<KindState> parse_kind(CardKind card_kind, der::Reader reader) {
  KindState state;
  SHOMEI_TRY(const auto key, reader.take_if(kKeyTag));
  if (key) {
    SHOMEI_TRY(state.key, parse_holder_key(card_kind, key->content));
  }
  SHOMEI_TRY(const auto pending, reader.take_if(kPendingKeyTag));
  if (pending) {
    SHOMEI_TRY(state.pending_key, parse_holder_key(card_kind, pending->content));
  }
  SHOMEI_TRY(state.certificate, take_certificate(reader));
  SHOMEI_TRY(state.authority_certificate, take_certificate(reader));
  SHOMEI_CHECK(reader.expect_done());
  return state;
}

Result<void> parse_pins(ChipState& state, der::Reader reader) {
  while (!reader.done()) {
    SHOMEI_TRY(auto members, reader.enter(der::kSequence));
    SHOMEI_TRY(const auto id, members.take_enumerated());
    if (id >= kPinCount) return bad_state("an unknown PIN");
    SHOMEI_TRY(state.pins[id], take_pin(static_cast<PinId>(id), members));
    SHOMEI_CHECK(members.expect_done());
  }
  return {};
}

Result<SecretBytes> take_aes_key(der::Reader& reader) {
  SHOMEI_TRY(const auto bytes, reader.take_octet_string());
  if (bytes.size() != 16 && bytes.size() != 24 && bytes.size() != 32)
    return bad_state("not the length of an AES key");
  return SecretBytes(bytes);
}

Result<std::shared_ptr<const Factory>> parse_factory(der::Reader reader) {
  SHOMEI_TRY(const auto version, reader.take_integer());
  if (version < 1 || version > channel::kCardKeyVersionMax)
    return bad_state("a key version that no card has");
  SHOMEI_TRY(auto enc, take_aes_key(reader));
  SHOMEI_TRY(auto mac, take_aes_key(reader));
  SHOMEI_TRY(auto dek, take_aes_key(reader));
  SHOMEI_TRY(const auto diversification, take_array<channel::kDiversificationBytes>(reader));
  SHOMEI_TRY(const auto pkcs8, reader.take_octet_string());
  SHOMEI_TRY(auto attestation_key, parse_key(crypto::KeyType::ec_p256, pkcs8));
  SHOMEI_TRY(auto certificate, take_certificate(reader));
  SHOMEI_CHECK(reader.expect_done());
  channel::KeySet keys{static_cast<std::uint8_t>(version), std::move(enc), std::move(mac), std::move(dek)};
  if (!keys.usable()) return bad_state("issuer's keys of different lengths");
  return std::shared_ptr<const Factory>(std::make_shared<Factory>(
      Factory{std::move(keys), diversification, std::move(attestation_key), std::move(certificate)}));
}

Result<void> parse_files(ChipState& state, der::Reader reader) {
  while (!reader.done()) {
    SHOMEI_TRY(auto members, reader.enter(der::kSequence));
    SHOMEI_TRY(const auto application, members.take_enumerated());
    SHOMEI_TRY(const auto file, members.take_integer());
    SHOMEI_TRY(const auto content, members.take_octet_string());
    SHOMEI_CHECK(members.expect_done());
    if (application >= kApplicationCount || file < 0 || file > 0xFFFF) return bad_state("an unknown file");
    const FileName name{static_cast<ApplicationId>(application), static_cast<FileId>(file)};
    if (content.empty() || content.size() > kDataFileBytesMax || !is_data_file(name))
      return bad_state("an unknown file");
    state.files[name] = to_bytes(content);
  }
  return {};
}

Result<ChipState> parse_members(der::Reader reader) {
  ChipState state;
  SHOMEI_TRY(const auto version, reader.take_integer());
  if (version != kVersion) return bad_state("version " + std::to_string(version));
  SHOMEI_TRY(const auto card_kind, reader.take_enumerated());
  if (card_kind >= kCardKinds.size()) return bad_state("an unknown kind of card");
  state.card_kind = static_cast<CardKind>(card_kind);
  SHOMEI_TRY(state.phase, take_phase(reader));
  SHOMEI_TRY(state.token_serial, take_array<kTokenSerialBytes>(reader));
  if (reader.peek() == kFactoryTag) {
    SHOMEI_TRY(const auto factory, reader.enter(kFactoryTag));
    SHOMEI_TRY(state.factory, parse_factory(factory));
  }
  SHOMEI_TRY(const auto channels, reader.take_integer());
  if (channels < 0 || channels > 0xFFFFFF) return bad_state("a sequence counter of more than three bytes");
  state.sequence_counter = static_cast<std::uint32_t>(channels);
  SHOMEI_TRY(const auto pins, reader.enter(der::kSequence));
  SHOMEI_CHECK(parse_pins(state, pins));
  for (const Kind kind : kKinds) {
    SHOMEI_TRY(const auto members, reader.enter(der::kSequence));
    SHOMEI_TRY(state.of(kind), parse_kind(state.card_kind, members));
  }
  SHOMEI_TRY(const auto files, reader.enter(der::kSequence));
  SHOMEI_CHECK(parse_files(state, files));
  SHOMEI_TRY(const auto session_key, reader.take_if(kSessionKeyTag));
  if (session_key) {
    SHOMEI_TRY(state.session_key, parse_key(crypto::KeyType::rsa_2048, session_key->content));
  }
  SHOMEI_CHECK(reader.expect_done());
  return state;
}

}  // namespace

SecretBytes encode_state(const ChipState& state) {
  const auto factory = encode_factory(state.factory.get());
  const auto pins = encode_pins(state);
  const auto signature = encode_kind(state.of(Kind::signature));
  const auto user_authentication = encode_kind(state.of(Kind::user_authentication));
  const auto session_key = encode_key(kSessionKeyTag, state.session_key);
  return SecretBytes::adopt(der::sequence(
      {der::integer(kVersion), der::enumerated(static_cast<std::uint8_t>(state.card_kind)),
       der::enumerated(static_cast<std::uint8_t>(state.phase)), der::octet_string(state.token_serial),
       factory.reveal(), der::integer(state.sequence_counter), pins.reveal(), signature.reveal(),
       user_authentication.reveal(), encode_files(state), session_key.reveal()}));
}

Result<ChipState> parse_state(ByteView bytes) {
  SHOMEI_TRY(const auto members, der::enter_single(bytes));
  SHOMEI_TRY(auto state, parse_members(members));
  // A private key is read by a library that takes more than one spelling of it; a list, in any order.
  if (!equal(encode_state(state).reveal(), bytes)) return bad_state("not in its one spelling");
  return state;
}

}  // namespace shomei::card::applet
