#include <algorithm>

#include "base/limits.h"
#include "card/applet/state.h"
#include "card/pin_form.h"
#include "der/reader.h"
#include "der/writer.h"

namespace shomei::card::applet {
namespace {

constexpr std::int64_t kVersion = 1;
constexpr der::Tag kPinTag = der::context_constructed(0);
constexpr der::Tag kKeyTag = der::context(1);

Error bad(std::string_view what) {
  return malformed("card_state_form", {{"what", std::string(what)}});
}

Bytes encode_pin(const StoredPin& pin) {
  return der::constructed(kPinTag, {der::octet_string(pin.salt), der::octet_string(pin.hash),
                                    der::integer(static_cast<std::int64_t>(pin.tries_left))});
}

// Each intermediate copy of a private key is wiped.
SecretBytes encode_kind(const KindState& kind) {
  const auto pin = SecretBytes::adopt(kind.pin ? encode_pin(*kind.pin) : Bytes{});
  const auto key = SecretBytes::adopt(kind.key ? der::encode(kKeyTag, kind.key->pkcs8().reveal()) : Bytes{});
  return SecretBytes::adopt(der::sequence({pin.reveal(), key.reveal(), der::octet_string(kind.certificate),
                                           der::octet_string(kind.authority_certificate)}));
}

template <std::size_t N>
Result<ByteArray<N>> take_array(der::Reader& reader) {
  SHOMEI_TRY(const auto content, reader.take_octet_string());
  if (content.size() != N) return bad("a field has another length");
  ByteArray<N> array;
  std::ranges::copy(content, array.begin());
  return array;
}

Result<StoredPin> parse_pin(Kind kind, der::Reader reader) {
  StoredPin pin;
  SHOMEI_TRY(pin.salt, take_array<StoredPin::kSaltBytes>(reader));
  SHOMEI_TRY(pin.hash, take_array<sizeof(pin.hash)>(reader));
  SHOMEI_TRY(const auto tries, reader.take_integer());
  if (tries < 0 || tries > tries_max(kind)) return bad("more tries than the PIN has");
  pin.tries_left = static_cast<unsigned>(tries);
  SHOMEI_CHECK(reader.expect_done());
  return pin;
}

Result<crypto::PrivateKey> parse_key(ByteView pkcs8) {
  SHOMEI_TRY(auto key, crypto::PrivateKey::parse_pkcs8(SecretBytes(pkcs8)));
  if (key.type() != crypto::KeyType::rsa_2048) return bad("a key of another type than RSA-2048");
  return key;
}

Result<Bytes> take_certificate(der::Reader& reader) {
  SHOMEI_TRY(const auto content, reader.take_octet_string());
  if (content.size() > limits::kCertificateBytesMax) return bad("a certificate is too long");
  return to_bytes(content);
}

Result<KindState> parse_kind(Kind kind, der::Reader reader) {
  KindState state;
  if (reader.peek() == kPinTag) {
    SHOMEI_TRY(const auto members, reader.enter(kPinTag));
    SHOMEI_TRY(state.pin, parse_pin(kind, members));
  }
  SHOMEI_TRY(const auto key, reader.take_if(kKeyTag));
  if (key) {
    SHOMEI_TRY(state.key, parse_key(key->content));
  }
  SHOMEI_TRY(state.certificate, take_certificate(reader));
  SHOMEI_TRY(state.authority_certificate, take_certificate(reader));
  SHOMEI_CHECK(reader.expect_done());
  return state;
}

Result<ChipState> parse_members(der::Reader reader) {
  ChipState state;
  SHOMEI_TRY(const auto version, reader.take_integer());
  if (version != kVersion) return bad("version " + std::to_string(version));
  SHOMEI_TRY(const auto phase, reader.take_enumerated());
  if (phase > static_cast<std::uint8_t>(Phase::operational)) return bad("an unknown phase");
  state.phase = static_cast<Phase>(phase);
  SHOMEI_TRY(state.token_serial, take_array<kTokenSerialBytes>(reader));
  SHOMEI_TRY(state.availability, take_array<kAvailabilityBytes>(reader));
  for (const Kind kind : kKinds) {
    SHOMEI_TRY(const auto members, reader.enter(der::kSequence));
    SHOMEI_TRY(state.of(kind), parse_kind(kind, members));
  }
  SHOMEI_CHECK(reader.expect_done());
  return state;
}

}  // namespace

SecretBytes encode_state(const ChipState& state) {
  const auto signature = encode_kind(state.of(Kind::signature));
  const auto user_authentication = encode_kind(state.of(Kind::user_authentication));
  return SecretBytes::adopt(
      der::sequence({der::integer(kVersion), der::enumerated(static_cast<std::uint8_t>(state.phase)),
                     der::octet_string(state.token_serial), der::octet_string(state.availability),
                     signature.reveal(), user_authentication.reveal()}));
}

Result<ChipState> parse_state(ByteView bytes) {
  SHOMEI_TRY(const auto members, der::enter_single(bytes));
  SHOMEI_TRY(auto state, parse_members(members));
  // A private key is read by a library that takes more than one spelling of it.
  if (!equal(encode_state(state).reveal(), bytes)) return bad("a private key is not in its one spelling");
  return state;
}

}  // namespace shomei::card::applet
