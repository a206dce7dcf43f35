#include "crypto/many_rsa_keys.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>

#include <algorithm>

#include "base/check.h"
#include "crypto/openssl/handles.h"
#include "der/writer.h"

namespace shomei::crypto {
namespace {

constexpr int kPrimeBits = 1024;
constexpr BN_ULONG kExponent = 65537;
constexpr std::size_t kApart = 16;  // keys that share no prime
constexpr int kQuarterBits = 512;
constexpr std::uint64_t kPublicKeysMax = 100'000'000;

using Number = std::unique_ptr<BIGNUM, Free<BN_free>>;
using NumberContext = std::unique_ptr<BN_CTX, Free<BN_CTX_free>>;
using ParameterBuild = std::unique_ptr<OSSL_PARAM_BLD, Free<OSSL_PARAM_BLD_free>>;
using ParameterList = std::unique_ptr<OSSL_PARAM, Free<OSSL_PARAM_free>>;

Number number() {
  Number n(BN_new());
  SHOMEI_INVARIANT(n != nullptr);
  return n;
}

// Its two upper bits are set, so that the product of two has 2048 bits; e has an inverse.
Number prime(BN_CTX* context) {
  Number p = number();
  do {
    SHOMEI_INVARIANT(BN_generate_prime_ex2(p.get(), kPrimeBits, 0, nullptr, nullptr, nullptr, context) == 1);
  } while (BN_mod_word(p.get(), kExponent) == 1);
  return p;
}

SecretBytes encode(EVP_PKEY* key) {
  const std::unique_ptr<PKCS8_PRIV_KEY_INFO, Free<PKCS8_PRIV_KEY_INFO_free>> info(EVP_PKEY2PKCS8(key));
  SHOMEI_INVARIANT(info != nullptr);
  unsigned char* der = nullptr;
  const int length = i2d_PKCS8_PRIV_KEY_INFO(info.get(), &der);
  SHOMEI_INVARIANT(length > 0);
  SecretBytes bytes(ByteView(der, static_cast<std::size_t>(length)));
  OPENSSL_clear_free(der, static_cast<std::size_t>(length));
  return bytes;
}

PrivateKey key_of(const BIGNUM* p, const BIGNUM* q, BN_CTX* context) {
  const Number n = number(), e = number(), p1 = number(), q1 = number(), phi = number(), d = number(),
               dp = number(), dq = number(), qi = number();
  bool fine = BN_mul(n.get(), p, q, context) == 1 && BN_set_word(e.get(), kExponent) == 1 &&
              BN_sub(p1.get(), p, BN_value_one()) == 1 && BN_sub(q1.get(), q, BN_value_one()) == 1 &&
              BN_mul(phi.get(), p1.get(), q1.get(), context) == 1 &&
              BN_mod_inverse(d.get(), e.get(), phi.get(), context) != nullptr &&
              BN_mod(dp.get(), d.get(), p1.get(), context) == 1 &&
              BN_mod(dq.get(), d.get(), q1.get(), context) == 1 &&
              BN_mod_inverse(qi.get(), q, p, context) != nullptr;
  const ParameterBuild build(OSSL_PARAM_BLD_new());
  const std::pair<const char*, const BIGNUM*> values[] = {
      {OSSL_PKEY_PARAM_RSA_N, n.get()},          {OSSL_PKEY_PARAM_RSA_E, e.get()},
      {OSSL_PKEY_PARAM_RSA_D, d.get()},          {OSSL_PKEY_PARAM_RSA_FACTOR1, p},
      {OSSL_PKEY_PARAM_RSA_FACTOR2, q},          {OSSL_PKEY_PARAM_RSA_EXPONENT1, dp.get()},
      {OSSL_PKEY_PARAM_RSA_EXPONENT2, dq.get()}, {OSSL_PKEY_PARAM_RSA_COEFFICIENT1, qi.get()}};
  for (const auto& [name, value] : values)
    fine = fine && OSSL_PARAM_BLD_push_BN(build.get(), name, value) == 1;
  const ParameterList parameters(OSSL_PARAM_BLD_to_param(build.get()));
  const PkeyContext making(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* raw = nullptr;
  fine = fine && parameters && EVP_PKEY_fromdata_init(making.get()) == 1 &&
         EVP_PKEY_fromdata(making.get(), &raw, EVP_PKEY_KEYPAIR, parameters.get()) == 1;
  SHOMEI_INVARIANT(fine);
  const auto key = share(raw);
  return *PrivateKey::parse_pkcs8(encode(key.get()));
}

// Its three upper bits are set, so that the product of four has 2048 bits.
Number quarter(BN_CTX* context) {
  Number p = number();
  do {
    SHOMEI_INVARIANT(BN_generate_prime_ex2(p.get(), kQuarterBits, 0, nullptr, nullptr, nullptr, context) ==
                     1);
  } while (BN_mod_word(p.get(), kExponent) == 1 || BN_is_bit_set(p.get(), kQuarterBits - 3) == 0);
  return p;
}

Bytes product(const BIGNUM* a, const BIGNUM* b, BN_CTX* context) {
  const Number n = number();
  SHOMEI_INVARIANT(BN_mul(n.get(), a, b, context) == 1);
  Bytes bytes(static_cast<std::size_t>(BN_num_bytes(n.get())));
  BN_bn2bin(n.get(), bytes.data());
  return bytes;
}

// Of every two of as many primes as it takes.
std::vector<Bytes> make_halves(std::uint64_t count, BN_CTX* context) {
  std::vector<Number> primes;
  std::vector<Bytes> halves;
  while (halves.size() < count) {
    primes.push_back(quarter(context));
    for (std::size_t i = 0; i + 1 < primes.size(); ++i)
      halves.push_back(product(primes[i].get(), primes.back().get(), context));
  }
  return halves;
}

Number number_of(const Bytes& bytes) {
  Number n(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
  SHOMEI_INVARIANT(n != nullptr);
  return n;
}

}  // namespace

std::vector<PrivateKey> make_related_rsa_keys(std::size_t count) {
  const NumberContext context(BN_CTX_new());
  // With 2 * kApart primes and more, the pairs (i, i + step) of one step share none with their neighbours.
  std::size_t pool = 4 * kApart;
  while (pool * (pool / 2 - kApart) < count) pool += 2 * kApart;
  std::vector<Number> primes;
  while (primes.size() < pool) primes.push_back(prime(context.get()));
  std::vector<PrivateKey> keys;
  keys.reserve(count);
  for (std::size_t step = kApart; keys.size() < count; ++step) {
    SHOMEI_INVARIANT(step < pool - kApart);
    for (std::size_t i = 0; i < pool && keys.size() < count; ++i) {
      const std::size_t j = (i + step) % pool;
      if (step * 2 == pool && i >= pool / 2) break;  // the same pairs again
      keys.push_back(key_of(primes[i].get(), primes[j].get(), context.get()));
    }
  }
  return keys;
}

RelatedRsaPublicKeys::RelatedRsaPublicKeys(std::uint64_t count) {
  SHOMEI_INVARIANT(count <= kPublicKeysMax);
  const NumberContext context(BN_CTX_new());
  std::uint64_t half = 1;
  while (half * half < count) ++half;
  halves_a_ = make_halves(half, context.get());
  halves_b_ = make_halves(half, context.get());
}

PublicKey RelatedRsaPublicKeys::key(std::uint64_t number) const {
  const NumberContext context(BN_CTX_new());
  const Bytes modulus = product(number_of(halves_a_.at(number % halves_a_.size())).get(),
                                number_of(halves_b_.at(number / halves_a_.size())).get(), context.get());
  static const der::Oid rsa("1.2.840.113549.1.1.1");
  const Bytes key = der::sequence({der::integer_of_magnitude(modulus), der::integer(kExponent)});
  return *PublicKey::parse(
      der::sequence({der::sequence({der::oid(rsa), der::null()}), der::bit_string(key)}));
}

}  // namespace shomei::crypto
