#include "crypto/find_shared_primes.h"

#include <gmpxx.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace shomei::crypto {
namespace {

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

mpz_class gcd_of(const mpz_class& a, const mpz_class& b) {
  mpz_class result;
  mpz_gcd(result.get_mpz_t(), a.get_mpz_t(), b.get_mpz_t());
  return result;
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

// What is at the top modulo each of the numbers, or modulo its square.
Level remainders(const std::vector<Level>& tree, mpz_class top, bool of_squares) {
  Level above{std::move(top)};
  for (auto level = tree.rbegin() + 1; level != tree.rend(); ++level) {
    Level here;
    here.reserve(level->size());
    for (std::size_t i = 0; i < level->size(); ++i) {
      const mpz_class& n = (*level)[i];
      const mpz_class one = of_squares ? mpz_class(n * n) : n;
      here.push_back(above[i / 2] % one);
    }
    above = std::move(here);
  }
  return above;
}

struct Sharer {
  std::size_t place;
  mpz_class modulus;
  mpz_class shared;  // with all others together
};

// The moduli, some at a time: trees of all of them at once would be many times as large as they are.
class Blocks {
 public:
  Blocks(std::span<const Bytes> moduli, std::size_t size) : moduli_(moduli), size_(size) {
    for (std::size_t i = 0; i * size < moduli.size(); ++i)
      products_.push_back(product_tree(numbers(i)).back().front());
  }
  std::size_t count() const { return products_.size(); }

  // Those in the block that have a factor in common with the product of all others, in it and elsewhere.
  void add_sharers(std::size_t block, std::vector<Sharer>& to) const {
    const auto tree = product_tree(numbers(block));
    const Level own = remainders(tree, products_[block], true);
    const Level elsewhere = remainders(tree, others(block), false);
    for (std::size_t i = 0; i < own.size(); ++i) {
      const mpz_class& n = tree.front()[i];
      const mpz_class rest = own[i] / n * elsewhere[i] % n;
      if (auto shared = gcd_of(rest, n); shared != 1) to.push_back({block * size_ + i, n, std::move(shared)});
    }
  }

 private:
  Level numbers(std::size_t block) const {
    Level level;
    for (const auto& modulus : moduli_.subspan(block * size_).first(length(block)))
      level.push_back(number(modulus));
    return level;
  }
  std::size_t length(std::size_t block) const { return std::min(size_, moduli_.size() - block * size_); }
  mpz_class others(std::size_t block) const {
    mpz_class product = 1;
    for (std::size_t i = 0; i < products_.size(); ++i)
      if (i != block) product = product * products_[i] % products_[block];
    return product;
  }

  std::span<const Bytes> moduli_;
  std::size_t size_;
  Level products_;
};

// Where all of a modulus is shared, with several others or with the same one: a part of it, by one of them.
mpz_class part_of(const Sharer& one, const std::vector<Sharer>& all) {
  if (one.shared != one.modulus) return one.shared;
  for (const auto& other : all)
    if (auto part = gcd_of(one.modulus, other.modulus); part != 1 && part != one.modulus) return part;
  return one.modulus;
}

std::vector<SharedPrime> by_factors(const std::vector<Sharer>& sharers) {
  std::map<mpz_class, std::vector<std::size_t>> places;
  for (const auto& one : sharers) {
    const mpz_class part = part_of(one, sharers);
    const mpz_class other = one.modulus / part;
    places[part].push_back(one.place);
    if (other != 1 && other != part) places[other].push_back(one.place);
  }
  std::vector<SharedPrime> shared;
  for (auto& [factor, where] : places)
    if (where.size() > 1) shared.push_back({magnitude(factor), std::move(where)});
  std::ranges::sort(shared, {}, [](const SharedPrime& one) { return std::tie(one.places, one.factor); });
  return shared;
}

}  // namespace

Bytes quotient(ByteView modulus, ByteView factor) {
  return magnitude(number(modulus) / number(factor));
}

std::vector<SharedPrime> find_shared_primes(std::span<const Bytes> moduli, const SharedPrimeSearch& search) {
  if (moduli.size() < 2) return {};
  const Blocks blocks(moduli, search.block);
  std::vector<Sharer> sharers;
  for (std::size_t i = 0; i < blocks.count(); ++i) {
    blocks.add_sharers(i, sharers);
    if (search.progress) search.progress(std::min((i + 1) * search.block, moduli.size()), moduli.size());
  }
  return by_factors(sharers);
}

}  // namespace shomei::crypto
