#include "crypto/shared_factors.h"

#include <gmpxx.h>

#include <algorithm>
#include <vector>

#include "base/check.h"

namespace shomei::crypto {
namespace {

mpz_class number(ByteView magnitude) {
  mpz_class n;
  mpz_import(n.get_mpz_t(), magnitude.size(), 1, 1, 1, 0, magnitude.data());
  return n;
}

}  // namespace

struct SharedFactors::Factors {
  std::vector<mpz_class> all;
};

SharedFactors::SharedFactors() : factors_(std::make_shared<Factors>()) {}

void SharedFactors::add(ByteView factor) {
  auto more = std::make_shared<Factors>(*factors_);
  more->all.push_back(number(factor));
  SHOMEI_INVARIANT(more->all.back() > 1);
  factors_ = std::move(more);
}

std::size_t SharedFactors::size() const {
  return factors_->all.size();
}

bool SharedFactors::divide(ByteView modulus) const {
  if (factors_->all.empty()) return false;
  const mpz_class n = number(modulus);
  return std::ranges::any_of(factors_->all, [&](const mpz_class& factor) {
    return mpz_divisible_p(n.get_mpz_t(), factor.get_mpz_t()) != 0;
  });
}

}  // namespace shomei::crypto
