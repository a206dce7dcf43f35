// SharedFactors: factors that were found in two moduli (find_shared_primes.h). What any of them divides is
// bad.
#pragma once

#include <memory>

#include "base/bytes.h"

namespace shomei::crypto {

// A value; copies share the numbers, and several threads may ask one. Each factor costs a candidate a third
// of a microsecond, none nothing (docs/decisions/0019-bad-keys.md). Numbers are big-endian magnitudes.
class SharedFactors {
 public:
  SharedFactors();
  void add(ByteView factor);  // over 1
  std::size_t size() const;
  bool divide(ByteView modulus) const;  // whether any of them does

 private:
  struct Factors;
  std::shared_ptr<const Factors> factors_;
};

}  // namespace shomei::crypto
