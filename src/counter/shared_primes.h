// The procedure "look for shared primes": over every certificate that was ever signed, in one go. Two keys
// that share a prime give each other away to whoever has both certificates. What is found is blocked, and the
// primes are remembered: nothing that one of them divides is certified again.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "counter/block_key.h"
#include "crypto/find_shared_primes.h"
#include "crypto/shared_factors.h"

namespace shomei::counter {

struct SharingKey {
  crypto::Sha256 key{};        // SHA-256 of its SubjectPublicKeyInfo
  std::vector<Bytes> factors;  // what divides its modulus; the whole of it where two keys have the same one
};

struct SharedPrimes {
  std::size_t looked_at = 0;  // RSA keys, each once
  std::vector<SharingKey> keys;
  std::vector<std::vector<std::size_t>> primes;  // of each shared one, the places in `keys` that have it
};

// Writes nothing. In memory: about 700 bytes a key of 2048 bits, and 120 MB (crypto/shared_primes.h).
Result<SharedPrimes> look_for_shared_primes(const Parts& parts, const crypto::SharedPrimeSearch& search);

// What became of one of the keys.
struct SharingKeyState {
  KeyState state;
  bool blocked_before = false;
  std::string
      refusal;  // the code of the rules where its certificate could not be revoked; it is blocked then
};
// Each key is an act of its own, done once: who is interrupted does it again. `officer.request` is not used.
Result<SharingKeyState> block_sharing_key(const Parts& parts, const Officer& officer, const SharingKey& key,
                                          bool revoke);

// The factors of all keys that were blocked so.
Result<crypto::SharedFactors> found_factors(journal::Rows& rows);

}  // namespace shomei::counter
