#include "crypto/rsa.h"

#include <openssl/err.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "base/check.h"
#include "crypto/digest.h"
#include "crypto/openssl/handles.h"
#include "der/reader.h"
#include "der/writer.h"

namespace shomei::crypto {
namespace {

constexpr std::string_view kRsaEncryption = "1.2.840.113549.1.1.1";
constexpr std::size_t kOaepOverheadBytes = 2 * 32 + 2;

bool is_rsa(const PublicKey& key) {
  return key.type() == KeyType::rsa_2048 || key.type() == KeyType::rsa_3072;
}

Error not_rsa() {
  return malformed("public_key_form", {{"what", "the key is not an RSA key"}}, "RFC 8017");
}

bool done(int answer) {
  if (answer != 1) ERR_clear_error();
  return answer == 1;
}

std::shared_ptr<EVP_PKEY> opened(const PublicKey& key) {
  const unsigned char* at = key.spki().data();
  return share(d2i_PUBKEY(nullptr, &at, static_cast<long>(key.spki().size())));
}

bool choose_oaep(EVP_PKEY_CTX* context) {
  return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_oaep_md(context, EVP_sha256()) == 1 &&
         EVP_PKEY_CTX_set_rsa_mgf1_md(context, EVP_sha256()) == 1;
}

}  // namespace

Result<PublicKey> rsa_public_key(ByteView modulus, ByteView exponent) {
  const auto bad = [] {
    return malformed("public_key_form", {{"what", "a number of the key is missing or zero"}}, "RFC 8017");
  };
  const auto is_zero = [](ByteView number) {
    for (const auto byte : number)
      if (byte != 0) return false;
    return true;
  };
  if (is_zero(modulus) || is_zero(exponent)) return bad();
  const auto numbers =
      der::sequence({der::integer_of_magnitude(modulus), der::integer_of_magnitude(exponent)});
  return PublicKey::parse(der::sequence(
      {der::sequence({der::oid(der::Oid(kRsaEncryption)), der::null()}), der::bit_string(numbers)}));
}

Bytes rsa_exponent(const PublicKey& key) {
  if (!is_rsa(key)) return {};
  auto members = der::enter_single(key.key_bits());
  SHOMEI_INVARIANT(members.has_value() && members->take_magnitude().has_value());
  const auto exponent = members->take_magnitude();
  SHOMEI_INVARIANT(exponent.has_value());
  return to_bytes(*exponent);
}

Result<void> verify_padded(const PublicKey& key, ByteView digest_info, ByteView signature) {
  if (!is_rsa(key)) return not_rsa();
  const auto pkey = opened(key);
  const PkeyContext context(EVP_PKEY_CTX_new(pkey.get(), nullptr));
  // Without a message digest set, the recovered bytes must be exactly those that were padded.
  const bool holds = signature.size() == key.modulus().size() && done(EVP_PKEY_verify_init(context.get())) &&
                     EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
                     done(EVP_PKEY_verify(context.get(), signature.data(), signature.size(),
                                          digest_info.data(), digest_info.size()));
  if (!holds) return refused("signature_wrong");
  return {};
}

Result<void> verify_pss(const PublicKey& key, ByteView message, ByteView signature) {
  if (!is_rsa(key)) return not_rsa();
  const auto pkey = opened(key);
  const PkeyContext context(EVP_PKEY_CTX_new(pkey.get(), nullptr));
  const Sha256 digest = sha256(message);
  const bool holds =
      signature.size() == key.modulus().size() && done(EVP_PKEY_verify_init(context.get())) &&
      EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PSS_PADDING) == 1 &&
      EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256()) == 1 &&
      EVP_PKEY_CTX_set_rsa_mgf1_md(context.get(), EVP_sha256()) == 1 &&
      EVP_PKEY_CTX_set_rsa_pss_saltlen(context.get(), RSA_PSS_SALTLEN_DIGEST) == 1 &&
      done(EVP_PKEY_verify(context.get(), signature.data(), signature.size(), digest.data(), digest.size()));
  if (!holds) return refused("signature_wrong");
  return {};
}

Result<Bytes> encrypt_oaep(const PublicKey& key, const SecretBytes& message) {
  if (!is_rsa(key)) return not_rsa();
  const auto modulus_bytes = key.modulus().size();
  if (message.size() > modulus_bytes - kOaepOverheadBytes)
    return malformed("padding_input_length", {{"bytes", std::to_string(message.size())}}, "RFC 8017 7.1.1");
  const auto pkey = opened(key);
  const PkeyContext context(EVP_PKEY_CTX_new(pkey.get(), nullptr));
  Bytes encrypted(modulus_bytes);
  std::size_t size = encrypted.size();
  const bool made =
      done(EVP_PKEY_encrypt_init(context.get())) && choose_oaep(context.get()) &&
      done(EVP_PKEY_encrypt(context.get(), encrypted.data(), &size, message.reveal().data(), message.size()));
  if (!made) return not_rsa();
  return encrypted;
}

Result<SecretBytes> decrypt_oaep(const PrivateKey& key, ByteView encrypted) {
  const auto failed = [] { return refused("decryption_failed", {}, "RFC 8017 7.1.2"); };
  if (!is_rsa(key.public_key()) || encrypted.size() != key.public_key().modulus().size()) return failed();
  const auto pkcs8 = key.pkcs8();
  const unsigned char* at = pkcs8.reveal().data();
  const auto pkey = share(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(pkcs8.size())));
  const PkeyContext context(EVP_PKEY_CTX_new(pkey.get(), nullptr));
  Bytes plain(encrypted.size());
  std::size_t size = plain.size();
  const bool decrypted =
      done(EVP_PKEY_decrypt_init(context.get())) && choose_oaep(context.get()) &&
      done(EVP_PKEY_decrypt(context.get(), plain.data(), &size, encrypted.data(), encrypted.size()));
  const auto whole = SecretBytes::adopt(std::move(plain));
  if (!decrypted) return failed();
  return SecretBytes(whole.reveal().first(size));
}

}  // namespace shomei::crypto
