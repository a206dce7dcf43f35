// The three static keys of a card's security domain, and how a card's own are made from the issuer's master
// key. A key set opens channels for ever: it stays at the issuer and in the chip, and goes nowhere else.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/secret.h"

namespace shomei::card::channel {

inline constexpr std::size_t kDiversificationBytes = 10;
inline constexpr std::uint8_t kCardKeyVersionMax = 0x7F;  // of 01 and up

// All three are of one length: 16, 24 or 32 bytes (AES-128, 192, 256).
struct KeySet {
  std::uint8_t version = 1;  // P1 of INITIALIZE UPDATE; our cards have 01 to 7F
  SecretBytes enc;           // session keys that encrypt
  SecretBytes mac;           // session keys that authenticate, and the cryptograms
  SecretBytes dek;  // the third key of every set; it would encrypt keys in PUT KEY, which nothing uses

  KeySet clone() const;
  // Of one length that AES has. Any version is: a card can say any.
  bool usable() const;
};

// The keys of the card whose INITIALIZE UPDATE answers these 10 bytes, as long as the master key (16, 24 or
// 32 bytes): NIST SP 800-108 in counter mode with CMAC-AES; docs/formats/card-channel.md has labels and an
// example.
KeySet diversify(const SecretBytes& master, std::uint8_t version, ByteView diversification_data);

}  // namespace shomei::card::channel
