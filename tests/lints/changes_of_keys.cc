// The public key.
#include <gmpxx.h>

#include "tests/lints/changes.h"

namespace shomei::test {
namespace {

using crypto::KeyType;

// Numbers that are the same in every run.
mpz_class prime_of(unsigned bits, unsigned long seed) {
  gmp_randclass random(gmp_randinit_default);
  random.seed(seed);
  mpz_class p = random.get_z_bits(bits);
  mpz_setbit(p.get_mpz_t(), bits - 1);
  mpz_setbit(p.get_mpz_t(), bits - 2);
  mpz_nextprime(p.get_mpz_t(), p.get_mpz_t());
  return p;
}
Bytes bytes_of(const mpz_class& n) {
  Bytes bytes((mpz_sizeinbase(n.get_mpz_t(), 2) + 7) / 8);
  mpz_export(bytes.data(), nullptr, 1, 1, 1, 0, n.get_mpz_t());
  return bytes;
}
// A modulus of 2048 bits that `factor` divides.
Bytes divided_by(unsigned factor) {
  return bytes_of(prime_of(2048, 7) / factor / 2 * 2 * factor + factor);
}
Bytes close_primes() {
  const mpz_class p = prime_of(1024, 1);
  mpz_class q;
  mpz_nextprime(q.get_mpz_t(), p.get_mpz_t());
  return bytes_of(p * q);
}
Bytes published_roca() {
  return *from_hex(
      "9dcd7420e420c270a68060eb8b5aa7457a9f6648f86fafed2775cc1f79ae962f1e63f1b9e51c55f9ea6fdc7332e9b0058c9ff2"
      "eb1fc8985502"
      "9cf6aafe21e689feb38ac9ffb12f1ce371bb5d0e9aae64161abce74b4244bf68f1edb4411f756a097c8929c14740245ea355f8"
      "332d1aa36bb5"
      "0c7dcb4505da8de02e4e53d38f8df06097da7524df0df93db48eac8cc4af2d3a16257eb2b2adca6ba464e5974fa92550d31b1b"
      "abf161e7692d"
      "00b86e3dd886ecab4abfbe1a8f8cc263ff4af55cdb45f4249a5193925f5e983d762f0b6800943eb0267b08f42ed311ce1f5c86"
      "eacbc8ce4d3c"
      "b7a2fee1ef5641423a1cf4114e5ecf50034a60a412523af9e6f4aa11");
}
Bytes sharing(unsigned long seed) {
  return bytes_of(prime_of(1024, 3) * prime_of(1024, seed));
}

}  // namespace

std::vector<Change> changes_of_the_key() {
  return {
      {"a key of another type", "key_type", kSignature,
       [](Bent& b) { b.set_key(key_of(KeyType::rsa_3072, false).public_key().spki()); }},
      {"an EC key where RSA is the profile's", "key_type", kSignature,
       [](Bent& b) { b.set_key(key_of(KeyType::ec_p256, false).public_key().spki()); }},
      {"an RSA key without NULL", "key_parameters", kSignature,
       [](Bent& b) { b.key()[0].members.pop_back(); }},
      {"a curve of another name", "key_parameters", kSignature,
       [](Bent& b) {
         b.key()[0][1].content = {0x2B, 0x81, 0x04, 0x00, 0x0A};
       },
       KeyType::ec_p256},
      {"the authority's key", "key_not_authoritys", kSignature,
       [](Bent& b) { b.set_key(key_of(KeyType::rsa_2048, true).public_key().spki()); }},
      {"a modulus of 2047 bits", "rsa_modulus_length", kSignature,
       [](Bent& b) { b.set_rsa(bytes_of(prime_of(1024, 1) * prime_of(1023, 2))); }},
      {"the exponent 3", "rsa_exponent", kSignature, [](Bent& b) { b.set_rsa(sharing(5), Bytes{3}); }},
      {"the exponent 65535", "rsa_exponent", kSignature,
       [](Bent& b) {
         b.set_rsa(sharing(5), Bytes{0xFF, 0xFF});
       }},
      {"an even exponent", "rsa_exponent", kSignature,
       [](Bent& b) {
         b.set_rsa(sharing(5), Bytes{1, 0, 0});
       }},
      {"an exponent of 257 bits", "rsa_exponent", kSignature,
       [](Bent& b) {
         b.set_rsa(sharing(5), concatenate({Bytes{1}, Bytes(32, 1)}));
       }},
      {"a modulus that 3 divides", "rsa_small_factor", kSignature, [](Bent& b) { b.set_rsa(divided_by(3)); }},
      {"a modulus that 751 divides", "rsa_small_factor", kSignature,
       [](Bent& b) { b.set_rsa(divided_by(751)); }},
      {"an even modulus", "rsa_small_factor", kSignature,
       [](Bent& b) { b.set_rsa(bytes_of(prime_of(1024, 1) * prime_of(1024, 2) - 1)); }},
      {"a modulus with the fingerprint of ROCA", "rsa_roca", kSignature,
       [](Bent& b) { b.set_rsa(published_roca()); }},
      {"primes next to each other", "rsa_close_primes", kSignature,
       [](Bent& b) { b.set_rsa(close_primes()); }},
      {"a point off its curve", "ec_point", kSignature,
       [](Bent& b) {
         b.key()[1].content.back() ^= 1;
         b.identify_key();
       },
       KeyType::ec_p384},
      {"a compressed point", "ec_point", kSignature,
       [](Bent& b) {
         Bytes& bits = b.key()[1].content;
         bits[1] = bits.back() & 1 ? 0x03 : 0x02;
         bits.resize(2 + 32);
         b.identify_key();
       },
       KeyType::ec_p256},
  };
}

std::vector<Change> changes_of_what_is_known() {
  static const std::vector<crypto::PublicKey> generations{key_of(KeyType::rsa_2048, false).public_key()};
  static const auto shared = [] {
    crypto::SharedFactors factors;
    factors.add(bytes_of(prime_of(1024, 3)));
    return factors;
  }();
  static const Bytes bad_keys = crypto::encode_key_list(
      crypto::KeyDigest::spki_sha256,
      {Bytes(32, 0), to_bytes(crypto::sha256(key_of(KeyType::rsa_2048, false).public_key().spki()))});
  static const Bytes weak_keys =
      crypto::encode_key_list(crypto::KeyDigest::debian_modulus,
                              {Bytes(10, 0), to_bytes(crypto::debian_digest(sharing(5))), Bytes(10, 0xFF)});
  static const std::vector lists{*crypto::KeyList::parse(bad_keys), *crypto::KeyList::parse(weak_keys)};
  return {
      {"the key of another generation", "key_not_authoritys", kSignature,
       [](Bent& b) { b.known.authorities = generations; }},
      {"a key of the list", "key_known_bad", kSignature, [](Bent& b) { b.known.lists = lists; }},
      {"a modulus of Debian's list", "rsa_debian_weak", kSignature,
       [](Bent& b) {
         b.known.lists = lists;
         b.set_rsa(sharing(5));
       }},
      {"a prime that two other keys share", "rsa_shared_prime", kSignature,
       [](Bent& b) {
         b.known.shared = &shared;
         b.set_rsa(sharing(6));
       }},
  };
}

}  // namespace shomei::test
