// Shared primes: two moduli with a prime in common give both keys away to whoever takes their greatest common
// divisor (Heninger and others, "Mining Your Ps and Qs", USENIX Security 2012). Moduli are big-endian
// magnitudes. Not for secrets: the time taken depends on the numbers.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "base/bytes.h"

namespace shomei::crypto {

// SharedFactors: a candidate against the factors and moduli that are known to be bad, and against the moduli
// that were accepted most recently, as generators that fail together fail close in time. One greatest common
// divisor however many there are; docs/measurements.md has what the window costs. A value; several threads
// guard it themselves.
class SharedFactors {
 public:
  static constexpr std::size_t kWindowDefault = 8;

  explicit SharedFactors(std::size_t window = kWindowDefault) : window_(window) {}

  void block(ByteView factor_or_modulus);  // held for ever
  void accept(ByteView modulus);           // held until `window` to twice as many have come after it

  // Whether it has a factor in common with any of them. An accepted modulus has none with itself: that a key
  // comes a second time is the store's question. A blocked one has.
  bool shares_with(ByteView modulus) const;

 private:
  using Limbs = std::vector<std::uint64_t>;  // least significant first
  std::size_t window_;
  Limbs blocked_{1};
  Limbs older_{1};
  Limbs newer_{1};
  std::size_t newer_count_ = 0;
  std::deque<Bytes> accepted_;  // those of older_ and newer_, the latest last
};

struct SharedPrime {
  std::size_t first;  // places in the span
  std::size_t second;
  Bytes factor;  // the whole modulus when it stands there twice
};

// Every pair among all of them that has a factor in common, by a product tree and a remainder tree
// (Bernstein): quasi-linear where pairs are quadratic. Holds about 2 log2(count) times the moduli in memory.
std::vector<SharedPrime> find_shared_primes(std::span<const Bytes> moduli);

}  // namespace shomei::crypto
