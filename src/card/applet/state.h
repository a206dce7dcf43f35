// ChipState: everything of a card that outlives the power: a value. A copy is cheap (private keys are
// shared), so a command works on a copy and the chip takes it over once it is stored.
#pragma once

#include <array>
#include <optional>

#include "base/bytes.h"
#include "base/secret.h"
#include "card/jpki_files.h"
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

  static StoredPin make(Kind kind, ByteView pin);  // of the right form, with every try
  bool is(ByteView pin) const;                     // in constant time
};

// The half of the card that belongs to one kind of certificate. Empty files are files that are not there.
struct KindState {
  std::optional<StoredPin> pin;
  std::optional<crypto::PrivateKey> key;
  Bytes certificate;
  Bytes authority_certificate;

  unsigned tries_left() const { return pin ? pin->tries_left : 0; }
};

struct ChipState {
  Phase phase = Phase::personalisation;
  ByteArray<kTokenSerialBytes> token_serial{};  // ASCII digits
  ByteArray<kAvailabilityBytes> availability{};
  std::array<KindState, kKinds.size()> kinds;

  // A card as it leaves the factory: no keys, no PINs, a random token serial number.
  static ChipState born();

  KindState& of(Kind kind) { return kinds[index_of(kind)]; }
  const KindState& of(Kind kind) const { return kinds[index_of(kind)]; }
};

// DER, version 1: docs/formats/card-file.md.
SecretBytes encode_state(const ChipState& state);
// Accepts what encode_state writes and nothing else; malformed "card_state_form" or "der_form".
Result<ChipState> parse_state(ByteView bytes);

}  // namespace shomei::card::applet
