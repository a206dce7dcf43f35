// Many RSA-2048 keys quickly, for measurements alone: each is a product of primes of one small pool, so that
// whoever has a few of them has them all. Nothing may ever trust one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "crypto/private_key.h"

namespace shomei::crypto {

// `count` different keys. No two of sixteen that follow one another share a prime.
std::vector<PrivateKey> make_related_rsa_keys(std::size_t count);

// Public keys alone, and up to a hundred million of them: numbers as keys have them, of 2048 bits, to
// exponent 65537, with no prime below 512 bits; products of four primes. A value; key() may be called from
// several threads.
class RelatedRsaPublicKeys {
 public:
  // Another pool each time: keys of two of these are different.
  explicit RelatedRsaPublicKeys(std::uint64_t count);
  PublicKey key(std::uint64_t number) const;  // below `count`; a different one for each

 private:
  std::vector<Bytes> halves_a_, halves_b_;  // products of two primes, big-endian
};

}  // namespace shomei::crypto
