// The data derivation of SCP03 (Amendment D 4.1.5): NIST SP 800-108 in counter mode with CMAC-AES, the fixed
// input being 11 zero bytes and the constant, 00, the length in bits (2 bytes), the counter (1 byte), the
// context. Of this folder alone.
#pragma once

#include <initializer_list>

#include "base/bytes.h"
#include "base/secret.h"

namespace shomei::card::channel {

// What is derived: the last byte of the label (Amendment D table 4-1).
enum class Derived : std::uint8_t {
  card_cryptogram = 0x00,
  host_cryptogram = 0x01,
  card_challenge = 0x02,
  session_enc = 0x04,
  session_mac = 0x06,
  session_rmac = 0x07,
};

// `bytes`: 1 to 32. The context is the parts one after the other.
SecretBytes derive(const SecretBytes& key, Derived what, std::size_t bytes,
                   std::initializer_list<ByteView> context);

// The challenge of a card that counts (Amendment D 6.2.2.1): from its static encryption key, the counter and
// the name of the domain. 8 bytes.
Bytes counted_challenge(const SecretBytes& enc, std::uint32_t sequence_counter, ByteView domain);

// As three bytes.
Bytes encode_sequence_counter(std::uint32_t counter);

}  // namespace shomei::card::channel
