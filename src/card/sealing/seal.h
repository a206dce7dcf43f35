// What both ends of a sealed session compute (jpki-facts 1.4 SET SESSION KEY; what stands in no fact is as it
// was measured on test cards, docs/formats/card-contents.md). The terminal draws a seed of 32 bytes and
// encrypts A0{80 seed} to the card's key; its first 16 bytes are an AES-128 key. Command n after that, from
// 1, has the initialisation vector AES(key, n as 16 bytes); data are padded (80, 00...) and stand in an
// object 86{01, ciphertext}; a length that is asked for stands in 96{00, two bytes}.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/public_key.h"

namespace shomei::card::sealing {

inline constexpr std::uint8_t kSealedClass = 0x08;  // ISO/IEC 7816-4 5.4.1: the header is not authenticated
inline constexpr std::uint8_t kChecksummedClass = 0x0C;  // and here it would be
inline constexpr std::size_t kSeedBytes = 32;
inline constexpr std::size_t kSessionKeyBytes = 16;

// The data of SET SESSION KEY. malformed "public_key_form" when the card's key is no RSA key.
Result<Bytes> encrypt_seed(const crypto::PublicKey& card_key, const SecretBytes& seed);
// What the card finds in it: the seed. None when it is anything else.
std::optional<SecretBytes> parse_seed(const SecretBytes& decrypted);

// One key, used by both ends with the same counter.
class Seal {
 public:
  explicit Seal(const SecretBytes& seed);

  // Padded and encrypted, as an object 86.
  Bytes seal(std::uint32_t counter, ByteView plain) const;
  // The other way: one object 86 and nothing else. None when it is of another form or the padding is wrong,
  // which is what another counter or key looks like.
  std::optional<SecretBytes> open(std::uint32_t counter, ByteView object) const;

 private:
  SecretBytes key_;
};

// 96{00, two bytes}; 0 asks for all there is.
Bytes encode_asked_length(std::uint16_t bytes);
std::optional<std::uint16_t> parse_asked_length(ByteView object);

}  // namespace shomei::card::sealing
