#include "crypto/weak_keys.h"

#include <gmpxx.h>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <set>

#include <fstream>

#include "crypto/find_shared_primes.h"
#include "crypto/private_key.h"
#include "crypto/shared_factors.h"
#include "der/reader.h"

namespace shomei::crypto {
namespace {

Bytes magnitude(const mpz_class& n) {
  Bytes bytes((mpz_sizeinbase(n.get_mpz_t(), 2) + 7) / 8);
  mpz_export(bytes.data(), nullptr, 1, 1, 1, 0, n.get_mpz_t());
  return bytes;
}

// The same numbers in every run.
class Numbers {
 public:
  Numbers() { random_.seed(20261122); }
  mpz_class below_bits(unsigned bits) { return random_.get_z_bits(bits); }
  // The next prime after a random number of exactly that many bits.
  mpz_class prime(unsigned bits) {
    mpz_class p = below_bits(bits);
    mpz_setbit(p.get_mpz_t(), bits - 1);
    mpz_setbit(p.get_mpz_t(), bits - 2);
    return prime_after(p);
  }
  static mpz_class prime_after(const mpz_class& n) {
    mpz_class p;
    mpz_nextprime(p.get_mpz_t(), n.get_mpz_t());
    return p;
  }
  Bytes modulus(unsigned bits) { return magnitude(prime(bits / 2) * prime(bits / 2)); }

 private:
  gmp_randclass random_{gmp_randinit_default};
};

// The product of the first `count` primes, made here in another way than the code under test makes it.
mpz_class primorial(int count) {
  mpz_class product = 1;
  mpz_class prime = 1;
  for (int i = 0; i < count; ++i) product *= prime = Numbers::prime_after(prime);
  return product;
}

// p = k * M + (65537^a mod M): how the vulnerable library made its primes.
mpz_class roca_prime(Numbers& numbers, unsigned bits, int primes) {
  const mpz_class m = primorial(primes);
  const auto k_bits = bits - static_cast<unsigned>(mpz_sizeinbase(m.get_mpz_t(), 2));
  while (true) {
    mpz_class power;
    const mpz_class exponent = numbers.below_bits(64);
    mpz_powm(power.get_mpz_t(), mpz_class(65537).get_mpz_t(), exponent.get_mpz_t(), m.get_mpz_t());
    mpz_class k = numbers.below_bits(k_bits);
    mpz_setbit(k.get_mpz_t(), k_bits - 1);
    const mpz_class p = k * m + power;
    if (mpz_probab_prime_p(p.get_mpz_t(), 25)) return p;
  }
}

Bytes generated_modulus(KeyType type) {
  const auto key = PrivateKey::generate(type);
  auto members = *der::enter_single(key.public_key().key_bits());
  return to_bytes(*members.take_magnitude());
}

TEST(WeakKeys, GeneratedKeysHaveNoneOfTheWeaknesses) {
  Numbers numbers;
  std::vector<Bytes> moduli{generated_modulus(KeyType::rsa_2048), generated_modulus(KeyType::rsa_3072)};
  for (int i = 0; i < 20; ++i) moduli.push_back(numbers.modulus(2048));
  for (const auto& modulus : moduli) {
    EXPECT_FALSE(has_small_factor(modulus)) << to_hex(modulus);
    EXPECT_FALSE(has_roca_fingerprint(modulus)) << to_hex(modulus);
    EXPECT_FALSE(has_close_primes(modulus)) << to_hex(modulus);
  }
}

TEST(SmallFactor, EveryPrimeUpTo751IsSeenAndTheNextIsNot) {
  Numbers numbers;
  const mpz_class large = numbers.prime(2040);
  int seen = 0;
  for (mpz_class p = 2; p <= 751; p = Numbers::prime_after(p), ++seen)
    EXPECT_TRUE(has_small_factor(magnitude(large * p))) << p.get_ui();
  EXPECT_EQ(seen, 133);
  EXPECT_FALSE(has_small_factor(magnitude(large * 757)));
  EXPECT_TRUE(has_small_factor({}));
  EXPECT_TRUE(has_small_factor(Bytes(256, 0)));
}

// Against the slow way, for numbers of any length.
TEST(SmallFactor, IsWhatDivisionSays) {
  EXPECT_TRUE(rc::check([](Bytes bytes) {
    bytes.push_back(1);
    mpz_class n;
    mpz_import(n.get_mpz_t(), bytes.size(), 1, 1, 1, 0, bytes.data());
    bool divided = false;
    for (unsigned p = 2; p <= 751; ++p) divided = divided || mpz_divisible_ui_p(n.get_mpz_t(), p);
    RC_ASSERT(has_small_factor(bytes) == divided);
  }));
}

TEST(Roca, ModuliMadeAsTheLibraryMadeThemAreSeenAtEverySize) {
  Numbers numbers;
  const std::tuple<unsigned, int> sizes[] = {{512, 39}, {1024, 71}, {2048, 126}, {3072, 126}};
  for (const auto& [bits, primes] : sizes) {
    const mpz_class p = roca_prime(numbers, bits / 2, primes);
    const mpz_class q = roca_prime(numbers, bits / 2, primes);
    EXPECT_TRUE(has_roca_fingerprint(magnitude(p * q))) << bits;
    // One such prime is not enough: the modulus of the two is what was published.
    EXPECT_FALSE(has_roca_fingerprint(magnitude(p * numbers.prime(bits / 2)))) << bits;
  }
}

// Keys that vulnerable chips made (tests/vectors/roca).
TEST(Roca, PublishedModuliAreSeen) {
  std::ifstream file(SHOMEI_VECTORS "/roca/moduli.txt");
  int seen = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    EXPECT_TRUE(has_roca_fingerprint(*from_hex(line))) << line;
    ++seen;
  }
  EXPECT_EQ(seen, 3);
}

TEST(ClosePrimes, NearOnesAreSeenAndFarOnesAreNot) {
  Numbers numbers;
  const mpz_class p = numbers.prime(1024);
  const mpz_class q = Numbers::prime_after(p);
  EXPECT_TRUE(has_close_primes(magnitude(p * q)));
  EXPECT_TRUE(has_close_primes(magnitude(p * p)));
  // Fermat's method takes (p - q)^2 / 8 sqrt(n) rounds: about 2^7 and more at a distance of 2^518.
  mpz_class distance;
  mpz_setbit(distance.get_mpz_t(), 512);
  EXPECT_TRUE(has_close_primes(magnitude(p * Numbers::prime_after(p + distance))));
  mpz_setbit(distance.get_mpz_t(), 519);
  EXPECT_FALSE(has_close_primes(magnitude(p * Numbers::prime_after(p + distance))));
}

// Against the plain method without the sieve, on numbers where a hundred rounds decide.
TEST(ClosePrimes, IsWhatAHundredRoundsSay) {
  EXPECT_TRUE(rc::check([] {
    const auto a = *rc::gen::inRange<std::uint64_t>(1'000'000, 1'000'000'000);
    const auto gap = *rc::gen::inRange<std::uint64_t>(0, 2'000'000);
    const mpz_class n = mpz_class(2 * a + 1) * mpz_class(2 * (a + gap) + 1);
    mpz_class root = sqrt(n);
    if (root * root != n) ++root;
    bool found = root * root == n;
    for (int round = 0; round < 100; ++round) {
      const mpz_class square = (root + round) * (root + round) - n;
      found = found || mpz_perfect_square_p(square.get_mpz_t());
    }
    RC_ASSERT(has_close_primes(magnitude(n)) == found);
  }));
}

TEST(Point, OfGeneratedKeysIsOnTheCurveAndNoNeighbourIs) {
  for (auto type : {KeyType::ec_p256, KeyType::ec_p384}) {
    const Bytes point = PrivateKey::generate(type).public_key().key_bits();
    EXPECT_TRUE(is_uncompressed_point(type, point));
    EXPECT_FALSE(
        is_uncompressed_point(type == KeyType::ec_p256 ? KeyType::ec_p384 : KeyType::ec_p256, point));
    EXPECT_FALSE(is_uncompressed_point(KeyType::rsa_2048, point));
    for (std::size_t at = 0; at < point.size(); ++at) {
      Bytes bent = point;
      bent[at] ^= 0x01;
      EXPECT_FALSE(is_uncompressed_point(type, bent)) << at;
      EXPECT_FALSE(is_uncompressed_point(type, ByteView(point).first(at))) << at;
    }
  }
}

// The same point with a coordinate over the prime is another encoding of it, and none that is allowed.
TEST(Point, CoordinatesAreBelowThePrime) {
  const mpz_class p("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);
  const mpz_class b("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);
  mpz_class root;  // p is 3 modulo 4: the root of b is b^((p + 1) / 4), and (0, root) a point
  const mpz_class exponent = (p + 1) / 4;
  mpz_powm(root.get_mpz_t(), b.get_mpz_t(), exponent.get_mpz_t(), p.get_mpz_t());
  ASSERT_TRUE(root * root % p == b);
  Bytes y = magnitude(root);
  y.insert(y.begin(), 32 - y.size(), 0);
  EXPECT_TRUE(is_uncompressed_point(KeyType::ec_p256, concatenate({Bytes{4}, Bytes(32, 0), y})));
  EXPECT_FALSE(is_uncompressed_point(KeyType::ec_p256, concatenate({Bytes{4}, magnitude(p), y})));
}

struct ModuliWithOnePrime {
  Numbers numbers;
  mpz_class p = numbers.prime(1024);
  Bytes a = magnitude(p * numbers.prime(1024));
  Bytes b = magnitude(p * numbers.prime(1024));
  Bytes other = numbers.modulus(2048);
};

TEST(SharedFactors, WhatAnyOfThemDividesIsSeen) {
  ModuliWithOnePrime m;
  SharedFactors shared;
  EXPECT_FALSE(shared.divide(m.a)) << "none divides anything";
  shared.add(magnitude(m.numbers.prime(1024)));
  EXPECT_FALSE(shared.divide(m.a));
  const SharedFactors before = shared;
  shared.add(magnitude(m.p));
  EXPECT_TRUE(shared.divide(m.a));
  EXPECT_TRUE(shared.divide(m.b));
  EXPECT_FALSE(shared.divide(m.other));
  EXPECT_FALSE(before.divide(m.a)) << "a copy is a value";
  EXPECT_EQ(shared.size(), 2U);
  shared.add(m.other);
  EXPECT_TRUE(shared.divide(m.other)) << "a whole modulus";
  EXPECT_EQ(quotient(m.a, magnitude(m.p)).size(), 128U);
}

// Primes of 128 bits, so that four thousand of them are made in no time; the trees do not care.
TEST(SharedPrimes, TwoPlantedPairsAmongTwoThousandModuliAreFound) {
  Numbers numbers;
  std::vector<Bytes> moduli;
  for (int i = 0; i < 2000; ++i) moduli.push_back(numbers.modulus(256));
  EXPECT_TRUE(find_shared_primes(moduli).empty());
  const mpz_class first = numbers.prime(128);
  const mpz_class second = numbers.prime(128);
  for (std::size_t at : {17U, 1999U}) moduli[at] = magnitude(first * numbers.prime(128));
  for (std::size_t at : {0U, 1024U}) moduli[at] = magnitude(second * numbers.prime(128));
  const auto found = find_shared_primes(moduli);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].places, (std::vector<std::size_t>{0, 1024}));
  EXPECT_EQ(found[0].factor, magnitude(second));
  EXPECT_EQ(found[1].places, (std::vector<std::size_t>{17, 1999}));
  EXPECT_EQ(found[1].factor, magnitude(first));
}

// However they are divided into blocks: the same pairs, within a block and over them.
TEST(SharedPrimes, BlocksOfAnySizeFindTheSame) {
  Numbers numbers;
  std::vector<Bytes> moduli;
  for (int i = 0; i < 101; ++i) moduli.push_back(numbers.modulus(256));
  const mpz_class p = numbers.prime(128);
  for (std::size_t at : {0U, 49U, 50U, 100U}) moduli[at] = magnitude(p * numbers.prime(128));
  moduli[7] = moduli[93];
  for (std::size_t block : {1U, 7U, 50U, 100U, 101U, 1000U}) {
    std::size_t told = 0;
    const auto found = find_shared_primes(moduli, {block, [&](std::size_t done, std::size_t of) {
                                                     EXPECT_GT(done, told);
                                                     EXPECT_EQ(of, 101U);
                                                     told = done;
                                                   }});
    EXPECT_EQ(told, 101U) << block;
    ASSERT_EQ(found.size(), 2U) << block;
    EXPECT_EQ(found[0].places, (std::vector<std::size_t>{0, 49, 50, 100})) << block;
    EXPECT_EQ(found[0].factor, magnitude(p)) << block;
    EXPECT_EQ(found[1].places, (std::vector<std::size_t>{7, 93})) << block;
    EXPECT_EQ(found[1].factor, moduli[7]) << block << ": nothing tells its primes";
  }
}

// p q, q r, r p: each modulus shares both of its primes, so that its divisor is the whole of it.
TEST(SharedPrimes, ATriangleAndATwinAreToldApart) {
  Numbers numbers;
  const mpz_class p = numbers.prime(512);
  const mpz_class q = numbers.prime(512);
  const mpz_class r = numbers.prime(512);
  const std::vector triangle{magnitude(p * q), magnitude(q * r), numbers.modulus(1024), magnitude(r * p)};
  const auto found = find_shared_primes(triangle);
  ASSERT_EQ(found.size(), 3U);
  using Places = std::vector<std::size_t>;
  EXPECT_EQ(found[0].places, (Places{0, 1}));
  EXPECT_EQ(found[0].factor, magnitude(q));
  EXPECT_EQ(found[1].places, (Places{0, 3}));
  EXPECT_EQ(found[1].factor, magnitude(p));
  EXPECT_EQ(found[2].places, (Places{1, 3}));
  EXPECT_EQ(found[2].factor, magnitude(r));
  const std::vector twins{triangle[2], triangle[0], triangle[2]};
  const auto same = find_shared_primes(twins);
  ASSERT_EQ(same.size(), 1U);
  EXPECT_EQ(same[0].places, (Places{0, 2}));
  EXPECT_EQ(same[0].factor, triangle[2]);
  EXPECT_TRUE(find_shared_primes(std::vector<Bytes>(1, triangle[0])).empty());
  EXPECT_TRUE(find_shared_primes({}).empty());
}

TEST(SharedPrimes, IsWhatEveryPairSays) {
  EXPECT_TRUE(rc::check([] {
    const auto pool = std::array<unsigned, 12>{101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157};
    const auto picks = *rc::gen::container<std::vector<std::pair<int, int>>>(
        rc::gen::pair(rc::gen::inRange(0, 12), rc::gen::inRange(0, 12)));
    std::vector<Bytes> moduli;
    for (const auto& [i, k] : picks) moduli.push_back(magnitude(mpz_class(pool[i]) * pool[k]));
    std::size_t pairs = 0;
    for (std::size_t i = 0; i < picks.size(); ++i)
      for (std::size_t k = i + 1; k < picks.size(); ++k) {
        const auto& [a, b] = picks[i];
        const auto& [c, d] = picks[k];
        pairs += a == c || a == d || b == c || b == d;
      }
    const auto block = *rc::gen::inRange<std::size_t>(1, 9);
    std::set<std::pair<std::size_t, std::size_t>> told;
    for (const auto& shared : find_shared_primes(moduli, {block}))
      for (const auto i : shared.places)
        for (const auto k : shared.places)
          if (i < k) told.emplace(i, k);
    RC_ASSERT(told.size() == pairs);
  }));
}

}  // namespace
}  // namespace shomei::crypto
