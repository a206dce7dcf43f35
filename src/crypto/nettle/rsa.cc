// Verifying RSA by nettle. OpenSSL is as quick once it has made a key ready, which costs as much again; most
// keys that we verify with are a request's, and are seen once.
#include <nettle/rsa.h>

#include "crypto/digest.h"
#include "crypto/verifying_key.h"

namespace shomei::crypto {
namespace {

class PublicNumbers {
 public:
  PublicNumbers(ByteView modulus, ByteView exponent) {
    rsa_public_key_init(&key_);
    mpz_import(key_.n, modulus.size(), 1, 1, 0, 0, modulus.data());
    mpz_import(key_.e, exponent.size(), 1, 1, 0, 0, exponent.data());
    usable_ = rsa_public_key_prepare(&key_) == 1;
  }
  ~PublicNumbers() { rsa_public_key_clear(&key_); }
  PublicNumbers(const PublicNumbers&) = delete;
  PublicNumbers& operator=(const PublicNumbers&) = delete;

  bool usable() const { return usable_; }
  const rsa_public_key* get() const { return &key_; }

 private:
  rsa_public_key key_;
  bool usable_ = false;
};

class RsaVerifyingKey final : public VerifyingKey {  // PKCS#1 v1.5 over SHA-256
 public:
  RsaVerifyingKey(ByteView modulus, ByteView exponent) : numbers_(modulus, exponent) {}
  bool usable() const { return numbers_.usable(); }

  bool holds(ByteView message, ByteView signature) const override {
    // RFC 8017 8.2.2 step 1: as long as the modulus, neither cut nor padded.
    if (signature.size() != numbers_.get()->size) return false;
    const Sha256 digest = sha256(message);
    mpz_t number;
    mpz_init(number);
    mpz_import(number, signature.size(), 1, 1, 0, 0, signature.data());
    const bool right = rsa_sha256_verify_digest(numbers_.get(), digest.data(), number) == 1;
    mpz_clear(number);
    return right;
  }

 private:
  const PublicNumbers numbers_;
};

}  // namespace

VerifyingKeyPointer rsa_verifying_key(ByteView modulus, ByteView exponent) {
  auto key = std::make_shared<const RsaVerifyingKey>(modulus, exponent);
  return key->usable() ? key : nullptr;
}

}  // namespace shomei::crypto
