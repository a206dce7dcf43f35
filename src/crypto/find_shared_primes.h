// Shared primes: two moduli with a prime in common give both keys away to whoever takes their greatest common
// divisor (Heninger and others, "Mining Your Ps and Qs", USENIX Security 2012). Moduli are big-endian
// magnitudes. Not for secrets: the time taken depends on the numbers.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "base/bytes.h"

namespace shomei::crypto {

struct SharedPrime {
  Bytes factor;                     // a whole modulus where it is there twice and nothing tells its primes
  std::vector<std::size_t> places;  // of those that it divides, in the span; ascending, two or more
};

struct SharedPrimeSearch {
  // So many moduli are in memory as trees at once: about 2 log2(block) times as large as themselves, 120 MB
  // for 2048 bits. Beside them there are all moduli, twice.
  std::size_t block = 16'384;
  std::function<void(std::size_t done, std::size_t of)> progress = {};  // told after each block
};

// Every factor that two of them have in common, by product trees and remainder trees (Bernstein): within a
// block quasi-linear where pairs are quadratic, and a few multiplications for each pair of blocks. In the
// order of their first places.
std::vector<SharedPrime> find_shared_primes(std::span<const Bytes> moduli,
                                            const SharedPrimeSearch& search = {});

Bytes quotient(ByteView modulus, ByteView factor);

}  // namespace shomei::crypto
