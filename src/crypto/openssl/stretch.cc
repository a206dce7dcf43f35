#include "crypto/stretch.h"

#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <memory>

#include "base/check.h"
#include "crypto/openssl/handles.h"

namespace shomei::crypto {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::uint8_t kLog2NMin = 10;
constexpr std::uint8_t kLog2NMax = 20;
constexpr std::uint32_t kLanesMax = 16;
// What scrypt needs beside its table: a block a lane, and a little.
constexpr std::uint64_t kMemoryBeside = 1024 * 1024;

using Kdf = std::unique_ptr<EVP_KDF, Free<EVP_KDF_free>>;
using KdfContext = std::unique_ptr<EVP_KDF_CTX, Free<EVP_KDF_CTX_free>>;

}  // namespace

bool is_usable(const StretchCost& cost) {
  if (cost.log2_n < kLog2NMin || cost.log2_n > kLog2NMax) return false;
  if (cost.r < 1 || cost.p < 1 || cost.p > kLanesMax) return false;
  return std::uint64_t{cost.r} <= kStretchMemoryMax / 128 >> cost.log2_n;
}

SecretBytes stretch(const SecretBytes& passphrase, ByteView salt, const StretchCost& cost) {
  SHOMEI_INVARIANT(is_usable(cost));
  const Kdf kdf(EVP_KDF_fetch(nullptr, "SCRYPT", nullptr));
  const KdfContext context(EVP_KDF_CTX_new(kdf.get()));
  std::uint64_t n = std::uint64_t{1} << cost.log2_n;
  std::uint32_t r = cost.r;
  std::uint32_t p = cost.p;
  std::uint64_t memory_max = kStretchMemoryMax + kMemoryBeside;
  // OpenSSL only reads them, whatever the type says.
  const auto bytes = [](const char* name, ByteView value) {
    return OSSL_PARAM_construct_octet_string(name, const_cast<std::uint8_t*>(value.data()), value.size());
  };
  static constexpr std::uint8_t kNothing = 0;  // a null pointer would be "not set"
  const ByteView words = passphrase.empty() ? ByteView(&kNothing, 0) : passphrase.reveal();
  const OSSL_PARAM parameters[] = {bytes(OSSL_KDF_PARAM_PASSWORD, words),
                                   bytes(OSSL_KDF_PARAM_SALT, salt),
                                   OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n),
                                   OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r),
                                   OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p),
                                   OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &memory_max),
                                   OSSL_PARAM_construct_end()};
  Bytes key(kKeyBytes);
  SHOMEI_INVARIANT(EVP_KDF_derive(context.get(), key.data(), key.size(), parameters) == 1);
  return SecretBytes::adopt(std::move(key));
}

}  // namespace shomei::crypto
