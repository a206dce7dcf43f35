// For the tests of the chip: whether a signature is RSASSA-PSS over a digest (RFC 8017 8.1.2 and 9.1.2, with
// SHA-256 in all places and a salt of 32 bytes). crypto::verify_pss takes a message, and of what a card signs
// with P1 04 there is the digest alone. Slow, and for numbers that are no secret.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "crypto/digest.h"
#include "crypto/public_key.h"
#include "crypto/rsa.h"

namespace shomei::card::applet::pss {

// Least limb first; all numbers of one sum have as many limbs as the modulus.
using Number = std::vector<std::uint32_t>;

inline Number number_of(ByteView big_endian) {
  Number number(big_endian.size() / 4);
  for (std::size_t i = 0; i < big_endian.size(); ++i)
    number[(big_endian.size() - 1 - i) / 4] |= std::uint32_t{big_endian[i]} << (8 * ((~i) & 3U));
  return number;
}

inline Bytes bytes_of(const Number& number) {
  Bytes bytes;
  for (auto limb = number.rbegin(); limb != number.rend(); ++limb) append_u32(bytes, *limb);
  return bytes;
}

inline bool less(const Number& a, const Number& b) {
  return std::lexicographical_compare(a.rbegin(), a.rend(), b.rbegin(), b.rend());
}

// Both below the modulus, and perhaps one and the same.
inline void add(Number& a, const Number& b, const Number& modulus) {
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    carry += std::uint64_t{a[i]} + b[i];
    a[i] = static_cast<std::uint32_t>(carry);
    carry >>= 32;
  }
  if (carry == 0 && less(a, modulus)) return;
  std::uint64_t borrow = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::uint64_t difference = std::uint64_t{a[i]} - modulus[i] - borrow;
    a[i] = static_cast<std::uint32_t>(difference);
    borrow = difference >> 63;
  }
}

inline Number multiply(const Number& a, const Number& b, const Number& modulus) {
  Number product(a.size());
  for (std::size_t bit = 32 * b.size(); bit-- > 0;) {
    add(product, product, modulus);
    if (b[bit / 32] >> (bit % 32) & 1U) add(product, a, modulus);
  }
  return product;
}

// To the power of 65537, which all our keys have.
inline Bytes recovered(ByteView signature, ByteView modulus_bytes) {
  const Number modulus = number_of(modulus_bytes);
  const Number base = number_of(signature);
  if (!less(base, modulus)) return {};
  Number power = base;
  for (int i = 0; i < 16; ++i) power = multiply(power, power, modulus);
  return bytes_of(multiply(power, base, modulus));
}

inline Bytes mask(ByteView seed, std::size_t bytes) {
  Bytes made;
  for (std::uint32_t counter = 0; made.size() < bytes; ++counter) {
    Bytes number;
    append_u32(number, counter);
    append(made, crypto::sha256({seed, number}));
  }
  made.resize(bytes);
  return made;
}

inline bool holds(const crypto::PublicKey& key, ByteView digest, ByteView signature) {
  constexpr std::size_t kHashBytes = sizeof(crypto::Sha256);
  if (key.type() != crypto::KeyType::rsa_2048 || crypto::rsa_exponent(key) != Bytes{1, 0, 1}) return false;
  const Bytes modulus = key.modulus();
  if (signature.size() != modulus.size()) return false;
  const Bytes encoded = recovered(signature, modulus);
  if (encoded.empty() || encoded.back() != 0xBC || encoded[0] & 0x80) return false;
  const std::size_t block_bytes = encoded.size() - kHashBytes - 1;
  const ByteView hash = ByteView(encoded).subspan(block_bytes, kHashBytes);
  Bytes block = mask(hash, block_bytes);
  for (std::size_t i = 0; i < block_bytes; ++i) block[i] ^= encoded[i];
  block[0] &= 0x7F;
  Bytes padding(block_bytes - kHashBytes);
  padding.back() = 1;
  const ByteView salt = ByteView(block).last(kHashBytes);
  return equal(ByteView(block).first(padding.size()), padding) &&
         equal(hash, crypto::sha256({Bytes(8), digest, salt}));
}

}  // namespace shomei::card::applet::pss
