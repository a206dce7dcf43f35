// ChipState: everything of a card that outlives the power: a value. A copy is cheap (private keys and what
// the factory put in are shared), so a command works on a copy and the chip takes it over once it is stored.
#pragma once

#include <array>
#include <compare>
#include <map>
#include <memory>
#include <optional>

#include "base/bytes.h"
#include "base/secret.h"
#include "card/application.h"
#include "card/card_kind.h"
#include "card/channel/key_set.h"
#include "card/kind.h"
#include "crypto/digest.h"
#include "crypto/private_key.h"

namespace shomei::card::applet {

enum class Phase : std::uint8_t { personalisation = 0, operational = 1 };

// A PIN is held as SHA-256(salt || PIN). That keeps it out of sight, no more: four digits are found by trying
// all of them, so what protects the PIN is the sealing of the whole state (card/file) and the try counter.
struct StoredPin {
  static constexpr std::size_t kSaltBytes = 16;

  ByteArray<kSaltBytes> salt{};
  crypto::Sha256 hash{};
  unsigned tries_left = 0;

  static StoredPin make(PinId id, ByteView pin);  // of the right form, with every try
  bool is(ByteView pin) const;                    // in constant time
};

// The half of the card that belongs to one kind of certificate. Empty files are files that are not there.
// A key that was just made waits beside the one in use until its certificate comes: both change at once.
struct KindState {
  std::optional<crypto::PrivateKey> key;
  std::optional<crypto::PrivateKey> pending_key;
  Bytes certificate;
  Bytes authority_certificate;
};

// What the card was born with, and what never changes.
struct Factory {
  channel::KeySet issuer_keys;
  ByteArray<channel::kDiversificationBytes> diversification{};
  crypto::PrivateKey attestation_key;
  Bytes attestation_certificate;
};

struct FileName {
  ApplicationId application{};
  FileId file = 0;
  auto operator<=>(const FileName&) const = default;
};

struct ChipState {
  CardKind card_kind = CardKind::standard;
  Phase phase = Phase::personalisation;
  ByteArray<kTokenSerialBytes> token_serial{};  // ASCII digits
  std::shared_ptr<const Factory> factory;       // null: a card without an issuer's channel
  std::uint32_t sequence_counter = 0;           // the sequence counter of SCP03
  std::array<std::optional<StoredPin>, kPinCount> pins;
  std::array<KindState, kKinds.size()> kinds;
  std::map<FileName, Bytes> files;  // of Content::data and Content::records
  // RSA-2048, for sealed sessions with the input helper; made when its public half is first read.
  std::optional<crypto::PrivateKey> session_key;

  // A card as it leaves the factory: no keys of a holder, no PINs, a random token serial number.
  static ChipState born(CardKind card_kind = CardKind::standard,
                        std::shared_ptr<const Factory> factory = nullptr);

  KindState& of(Kind kind) { return kinds[index_of(kind)]; }
  const KindState& of(Kind kind) const { return kinds[index_of(kind)]; }
  std::optional<StoredPin>& pin(PinId id) { return pins[index_of(id)]; }
  const std::optional<StoredPin>& pin(PinId id) const { return pins[index_of(id)]; }
  unsigned tries_left(PinId id) const { return pin(id) ? pin(id)->tries_left : 0; }
  const Bytes& file(const FileName& name) const;  // empty when it is not there
};

// The type of the keys that such a card makes.
constexpr crypto::KeyType key_type(CardKind kind) {
  return kind == CardKind::next_generation ? crypto::KeyType::ec_p384 : crypto::KeyType::rsa_2048;
}

// DER, version 2: docs/formats/card-file.md.
SecretBytes encode_state(const ChipState& state);
// Accepts what encode_state writes and nothing else; malformed "card_state_form" or "der_form".
Result<ChipState> parse_state(ByteView bytes);
// What version 1 wrote of an operational card, which becomes a card without an issuer's channel.
Result<ChipState> parse_state_1(ByteView bytes);

}  // namespace shomei::card::applet
