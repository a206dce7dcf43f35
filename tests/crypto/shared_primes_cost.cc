// shared_primes_cost [COUNT [BLOCK]]: looks for shared primes among COUNT numbers of 2048 bits (100,000) that
// have none in common but for three pairs that are planted, and prints the time and the memory that it took.
// The numbers are no RSA moduli, which would take an hour to make: they stand within 4 million of each other
// and no prime below 4 million divides one, so that none can divide two.
#include <gmpxx.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "crypto/find_shared_primes.h"

namespace {

using shomei::Bytes;

constexpr unsigned kSpan = 4'000'000;
constexpr std::size_t kPairs = 3;

Bytes magnitude(const mpz_class& n) {
  Bytes bytes((mpz_sizeinbase(n.get_mpz_t(), 2) + 7) / 8);
  mpz_export(bytes.data(), nullptr, 1, 1, 1, 0, n.get_mpz_t());
  return bytes;
}

mpz_class odd(gmp_randclass& random, unsigned bits) {
  mpz_class n = random.get_z_bits(bits);
  mpz_setbit(n.get_mpz_t(), bits - 1);
  mpz_setbit(n.get_mpz_t(), 0);
  return n;
}

std::vector<Bytes> coprime_numbers(gmp_randclass& random, std::size_t count) {
  const mpz_class first = odd(random, 2048);
  std::vector<bool> composite(kSpan), divided(kSpan);
  for (unsigned p = 2; p < kSpan; ++p) {
    if (composite[p]) continue;
    for (unsigned long m = 2UL * p; m < kSpan; m += p) composite[m] = true;
    const auto rest = mpz_fdiv_ui(first.get_mpz_t(), p);
    for (unsigned long at = rest == 0 ? 0 : p - rest; at < kSpan; at += p) divided[at] = true;
  }
  std::vector<Bytes> numbers;
  for (unsigned i = 0; i < kSpan && numbers.size() < count; ++i)
    if (!divided[i]) numbers.push_back(magnitude(first + i));
  return numbers;
}

}  // namespace

int main(int words, char** word) {
  const std::size_t wanted = words > 1 ? std::strtoull(word[1], nullptr, 10) : 100'000;
  shomei::crypto::SharedPrimeSearch search;
  if (words > 2) search.block = std::strtoull(word[2], nullptr, 10);
  gmp_randclass random(gmp_randinit_default);
  random.seed(20261126);
  auto moduli = coprime_numbers(random, wanted);
  if (moduli.size() < wanted || wanted < 2 * kPairs) {
    std::printf("from %zu to %zu\n", 2 * kPairs, moduli.size());
    return 2;
  }
  for (std::size_t i = 0; i < kPairs; ++i) {
    mpz_class shared = odd(random, 1024);
    mpz_nextprime(shared.get_mpz_t(), shared.get_mpz_t());
    for (const auto at : {i, moduli.size() - 1 - i}) {
      mpz_class other = odd(random, 1024);
      mpz_nextprime(other.get_mpz_t(), other.get_mpz_t());
      moduli[at] = magnitude(shared * other);
    }
  }
  const auto begin = std::chrono::steady_clock::now();
  const auto found = shomei::crypto::find_shared_primes(moduli, search);
  const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  std::printf("%zu moduli in blocks of %zu: %zu shared primes, %.1f s, %.1f s of processor, peak %ld MiB\n",
              moduli.size(), search.block, found.size(), seconds,
              static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec), used.ru_maxrss / 1024);
  return found.size() == kPairs ? 0 : 1;
}
