// Many RSA-2048 keys quickly, for measurements alone: each is the product of two primes of one small pool, so
// that whoever has a few of them has them all. Nothing may ever trust one.
#pragma once

#include <cstddef>
#include <vector>

#include "crypto/private_key.h"

namespace shomei::crypto {

// `count` different keys. No two of sixteen that follow one another share a prime.
std::vector<PrivateKey> make_related_rsa_keys(std::size_t count);

}  // namespace shomei::crypto
