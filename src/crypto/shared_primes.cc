#include "crypto/shared_primes.h"

#include <gmpxx.h>

#include <algorithm>
#include <type_traits>

namespace shomei::crypto {
namespace {

static_assert(std::is_same_v<mp_limb_t, std::uint64_t>);

mpz_class number(ByteView magnitude) {
  mpz_class n;
  mpz_import(n.get_mpz_t(), magnitude.size(), 1, 1, 1, 0, magnitude.data());
  return n;
}

Bytes magnitude(const mpz_class& n) {
  Bytes bytes((mpz_sizeinbase(n.get_mpz_t(), 2) + 7) / 8);
  mpz_export(bytes.data(), nullptr, 1, 1, 1, 0, n.get_mpz_t());
  return bytes;
}

// The number that the limbs are, without a copy: it lives as long as they do.
class Borrowed {
 public:
  explicit Borrowed(const std::vector<std::uint64_t>& limbs) {
    mpz_roinit_n(number_, limbs.data(), static_cast<mp_size_t>(limbs.size()));
  }
  mpz_srcptr get() const { return number_; }

 private:
  mpz_t number_;
};

void multiply(std::vector<std::uint64_t>& product, const mpz_class& by) {
  mpz_class result;
  mpz_mul(result.get_mpz_t(), Borrowed(product).get(), by.get_mpz_t());
  const mp_limb_t* limbs = mpz_limbs_read(result.get_mpz_t());
  product.assign(limbs, limbs + mpz_size(result.get_mpz_t()));
}

mpz_class gcd_of(const mpz_class& a, const mpz_class& b) {
  mpz_class result;
  mpz_gcd(result.get_mpz_t(), a.get_mpz_t(), b.get_mpz_t());
  return result;
}

// product := product * limbs modulo n
void multiply_by(mpz_class& product, const std::vector<std::uint64_t>& limbs, const mpz_class& n) {
  mpz_class factor;
  mpz_mod(factor.get_mpz_t(), Borrowed(limbs).get(), n.get_mpz_t());
  product = product * factor % n;
}

using Level = std::vector<mpz_class>;

// The numbers, the products of two of them, of four, ... up to the product of all.
std::vector<Level> product_tree(Level numbers) {
  std::vector<Level> tree{std::move(numbers)};
  while (tree.back().size() > 1) {
    const Level& below = tree.back();
    Level level;
    level.reserve((below.size() + 1) / 2);
    for (std::size_t i = 0; i + 1 < below.size(); i += 2) level.push_back(below[i] * below[i + 1]);
    if (below.size() % 2) level.push_back(below.back());
    tree.push_back(std::move(level));
  }
  return tree;
}

// The product of all modulo the square of each number.
Level remainders(const std::vector<Level>& tree) {
  Level above = tree.back();
  for (auto level = tree.rbegin() + 1; level != tree.rend(); ++level) {
    Level here;
    here.reserve(level->size());
    for (std::size_t i = 0; i < level->size(); ++i) {
      const mpz_class& n = (*level)[i];
      here.push_back(above[i / 2] % (n * n));
    }
    above = std::move(here);
  }
  return above;
}

// Which numbers have a factor in common with the product of the others.
std::vector<std::size_t> sharers(const Level& numbers) {
  const Level rest = remainders(product_tree(numbers));
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const mpz_class others = rest[i] / numbers[i];
    if (gcd_of(others, numbers[i]) != 1) found.push_back(i);
  }
  return found;
}

}  // namespace

void SharedFactors::block(ByteView factor_or_modulus) {
  multiply(blocked_, number(factor_or_modulus));
}

void SharedFactors::accept(ByteView modulus) {
  if (window_ == 0) return;
  if (newer_count_ == window_) {
    while (accepted_.size() > newer_count_) accepted_.pop_front();
    older_ = std::move(newer_);
    newer_ = {1};
    newer_count_ = 0;
  }
  multiply(newer_, number(modulus));
  ++newer_count_;
  accepted_.push_back(to_bytes(modulus));
}

bool SharedFactors::shares_with(ByteView modulus) const {
  const mpz_class n = number(modulus);
  if (n < 2) return false;
  mpz_class product = 1;
  multiply_by(product, blocked_, n);
  if (std::ranges::none_of(accepted_, [&](const Bytes& one) { return equal(one, modulus); })) {
    multiply_by(product, older_, n);
    multiply_by(product, newer_, n);
    return product != 1 && gcd_of(product, n) != 1;
  }
  for (const auto& one : accepted_)
    if (!equal(one, modulus)) product = product * number(one) % n;
  return product != 1 && gcd_of(product, n) != 1;
}

std::vector<SharedPrime> find_shared_primes(std::span<const Bytes> moduli) {
  if (moduli.size() < 2) return {};
  Level numbers;
  numbers.reserve(moduli.size());
  for (const auto& modulus : moduli) numbers.push_back(number(modulus));
  const auto found = sharers(numbers);
  std::vector<SharedPrime> pairs;
  for (std::size_t i = 0; i < found.size(); ++i)
    for (std::size_t k = i + 1; k < found.size(); ++k) {
      const mpz_class factor = gcd_of(numbers[found[i]], numbers[found[k]]);
      if (factor != 1) pairs.push_back({found[i], found[k], magnitude(factor)});
    }
  return pairs;
}

}  // namespace shomei::crypto
