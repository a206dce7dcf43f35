// Weak keys: what can be seen of a public key without its owner's help. Pure functions over a modulus as its
// big-endian magnitude (no sign byte), or over the content of a subjectPublicKey. Each answers within a few
// microseconds, so that every key can be asked before it is certified; a key that passes is not thereby good.
// What two keys may share: crypto/find_shared_primes.h.
#pragma once

#include "base/bytes.h"
#include "crypto/algorithm.h"

namespace shomei::crypto {

// A prime of at most 751 divides it, 2 among them (CA/Browser Forum Baseline Requirements 6.1.6: none smaller
// than 752).
bool has_small_factor(ByteView modulus);

// The fingerprint of CVE-2017-15361 (Nemec and others, "The Return of Coppersmith's Attack", CCS 2017): both
// primes were k * M + 65537^a mod M, M the product of the first primes, so that the modulus is a power of
// 65537 modulo each of those. One honest key in 2^154 looks like it at 2048 bits (the paper's table 1).
bool has_roca_fingerprint(ByteView modulus);

// Two factors so near to each other that Fermat's method finds them within 100 rounds (CVE-2022-26320).
bool has_close_primes(ByteView modulus);

// 04 x y of a point of the curve, each coordinate in its full length and below the field's prime (SEC 1
// 3.2.2.1; both curves have the cofactor 1, so that this is all). False for a type that is no such curve.
bool is_uncompressed_point(KeyType curve, ByteView point);

}  // namespace shomei::crypto
