#include "crypto/weak_keys.h"

#include <gmpxx.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <vector>

namespace shomei::crypto {
namespace {

constexpr unsigned kSmallFactorMax = 751;
constexpr int kFermatRounds = 100;

// The first 225 primes are as many as the fingerprint of the longest keys needs.
constexpr std::size_t kPrimes = 225;
constexpr unsigned kPrimeMax = 1427;
constexpr std::uint64_t kRocaBase = 65537;

// Up to so many bits, M is the product of so many primes.
struct RocaSize {
  std::size_t bits_max;
  std::size_t primes;
};
constexpr std::array kRocaSizes{RocaSize{991, 39}, RocaSize{1983, 71}, RocaSize{3967, 126},
                                RocaSize{SIZE_MAX, kPrimes}};

constexpr auto kPrimeList = [] {
  std::array<unsigned, kPrimes> primes{};
  std::size_t found = 0;
  for (unsigned n = 2; found < kPrimes; ++n) {
    const auto divides = [n](unsigned p) { return n % p == 0; };
    if (std::none_of(primes.begin(), primes.begin() + found, divides)) primes[found++] = n;
  }
  return primes;
}();
static_assert(kPrimeList.back() == kPrimeMax);

constexpr std::size_t kSmallPrimes = [] {
  return static_cast<std::size_t>(std::ranges::upper_bound(kPrimeList, kSmallFactorMax) - kPrimeList.begin());
}();

// Primes of which the product fits a machine word: one division of the long number serves them all.
struct Group {
  std::size_t first;
  std::size_t end;
  std::uint64_t product;
};

std::vector<Group> groups_of(std::size_t primes) {
  std::vector<Group> groups;
  for (std::size_t at = 0; at < primes;) {
    Group group{at, at, 1};
    while (group.end < primes && group.product <= UINT64_MAX / kPrimeList[group.end])
      group.product *= kPrimeList[group.end++];
    at = group.end;
    groups.push_back(group);
  }
  return groups;
}

mpz_class number(ByteView magnitude) {
  mpz_class n;
  mpz_import(n.get_mpz_t(), magnitude.size(), 1, 1, 1, 0, magnitude.data());
  return n;
}

std::uint64_t remainder(const mpz_class& n, std::uint64_t by) {
  return mpz_fdiv_ui(n.get_mpz_t(), by);
}

// d divides n when n * d^-1 modulo 2^64 is at most (2^64 - 1) / d: a multiplication in place of a division.
struct Divisor {
  std::uint64_t inverse;
  std::uint64_t quotient_max;
  bool divides(std::uint64_t n) const { return n * inverse <= quotient_max; }
};

Divisor odd_divisor(std::uint64_t d) {
  std::uint64_t inverse = d;  // right in three bits; each step doubles them
  for (int bits = 3; bits < 64; bits *= 2) inverse *= 2 - d * inverse;
  return {inverse, UINT64_MAX / d};
}

// The odd primes of kPrimeList up to kSmallFactorMax, and their product.
struct SmallPrimes {
  std::vector<Group> groups = groups_of(kSmallPrimes);
  std::array<Divisor, kSmallPrimes> divisors{};
  mpz_class product = 1;

  SmallPrimes() {
    for (std::size_t i = 1; i < kSmallPrimes; ++i) divisors[i] = odd_divisor(kPrimeList[i]);
    for (const auto& group : groups) product *= mpz_class(group.product);
  }
};

// Which remainders modulo each prime are powers of 65537.
struct RocaResidues {
  std::vector<Group> groups = groups_of(kPrimes);
  std::array<std::bitset<kPrimeMax>, kPrimes> powers;

  RocaResidues() {
    for (std::size_t i = 0; i < kPrimes; ++i) {
      std::uint64_t power = 1;
      do {
        powers[i].set(power % kPrimeList[i]);
        power = power * kRocaBase % kPrimeList[i];
      } while (!powers[i].test(power % kPrimeList[i]));
    }
  }
};

// Squares leave few remainders: 12 of 64, 16 of 63, 21 of 65 and 6 of 11, one number in 120 passes all.
template <unsigned M>
constexpr auto kSquares = [] {
  std::array<bool, M> squares{};
  for (unsigned i = 0; i < M; ++i) squares[i * i % M] = true;
  return squares;
}();
constexpr std::uint64_t kSquareSieve = 64 * 63 * 65 * 11;

bool may_be_square(std::uint64_t remainder) {
  return kSquares<64>[remainder % 64] && kSquares<63>[remainder % 63] && kSquares<65>[remainder % 65] &&
         kSquares<11>[remainder % 11];
}

// y^2 = x^3 - 3x + b modulo p (SEC 2, 2.4.2 and 2.5.1).
struct Curve {
  std::size_t coordinate_bytes;
  mpz_class p;
  mpz_class b;
};

const Curve* find_curve(KeyType type) {
  static const Curve p256{32,
                          mpz_class("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16),
                          mpz_class("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16)};
  static const Curve p384{48,
                          mpz_class("fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe"
                                    "ffffffff0000000000000000ffffffff",
                                    16),
                          mpz_class("b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875a"
                                    "c656398d8a2ed19d2a85c8edd3ec2aef",
                                    16)};
  if (type == KeyType::ec_p256) return &p256;
  if (type == KeyType::ec_p384) return &p384;
  return nullptr;
}

}  // namespace

bool has_small_factor(ByteView modulus) {
  if (modulus.empty() || modulus.back() % 2 == 0) return true;
  static const SmallPrimes small;
  // The remainder by all of them is half as long as the modulus of 2048 bits.
  const mpz_class rest = number(modulus) % small.product;
  for (const auto& group : small.groups) {
    const std::uint64_t r = remainder(rest, group.product);
    for (std::size_t i = std::max<std::size_t>(group.first, 1); i < group.end; ++i)
      if (small.divisors[i].divides(r)) return true;
  }
  return false;
}

bool has_roca_fingerprint(ByteView modulus) {
  static const RocaResidues roca;
  const mpz_class n = number(modulus);
  const std::size_t bits = mpz_sizeinbase(n.get_mpz_t(), 2);
  const auto size = std::ranges::find_if(kRocaSizes, [&](const auto& s) { return bits <= s.bits_max; });
  for (const auto& group : roca.groups) {
    if (group.first >= size->primes) break;
    const std::uint64_t r = remainder(n, group.product);
    for (std::size_t i = group.first; i < std::min(group.end, size->primes); ++i)
      if (!roca.powers[i].test(r % kPrimeList[i])) return false;
  }
  return true;
}

// n = a^2 - b^2 for an a little over its root: the candidates a^2 - n are sieved in one machine word, so that
// one round in 120 touches the long numbers.
bool has_close_primes(ByteView modulus) {
  const mpz_class n = number(modulus);
  mpz_class a;
  mpz_class rest;
  mpz_sqrtrem(a.get_mpz_t(), rest.get_mpz_t(), n.get_mpz_t());
  if (rest == 0) return true;
  ++a;
  const std::uint64_t a_sieve = remainder(a, kSquareSieve);
  const std::uint64_t n_sieve = kSquareSieve - remainder(n, kSquareSieve);
  for (unsigned round = 0; round < kFermatRounds; ++round) {
    const std::uint64_t tried = a_sieve + round;
    if (!may_be_square((tried * tried + n_sieve) % kSquareSieve)) continue;
    const mpz_class middle = a + round;
    const mpz_class square = middle * middle - n;
    if (mpz_perfect_square_p(square.get_mpz_t())) return true;
  }
  return false;
}

bool is_uncompressed_point(KeyType type, ByteView point) {
  const Curve* curve = find_curve(type);
  if (!curve || point.size() != 1 + 2 * curve->coordinate_bytes || point[0] != 0x04) return false;
  const mpz_class x = number(point.subspan(1, curve->coordinate_bytes));
  const mpz_class y = number(point.subspan(1 + curve->coordinate_bytes));
  if (x >= curve->p || y >= curve->p) return false;
  const mpz_class difference = y * y - ((x * x - 3) * x + curve->b);
  return mpz_divisible_p(difference.get_mpz_t(), curve->p.get_mpz_t()) != 0;
}

}  // namespace shomei::crypto
