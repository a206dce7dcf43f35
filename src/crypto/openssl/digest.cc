#include "crypto/digest.h"

#include <openssl/crypto.h>

#include "base/check.h"
#include "crypto/openssl/handles.h"

namespace shomei::crypto {
namespace {

template <class Digest>
Digest digest_of(const EVP_MD* kind, std::initializer_list<ByteView> parts) {
  const DigestContext context(EVP_MD_CTX_new());
  Digest out{};
  SHOMEI_INVARIANT(context && EVP_DigestInit_ex(context.get(), kind, nullptr) == 1);
  for (auto part : parts) SHOMEI_INVARIANT(EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1);
  SHOMEI_INVARIANT(EVP_DigestFinal_ex(context.get(), out.data(), nullptr) == 1);
  return out;
}

}  // namespace

Sha1 sha1(ByteView bytes) {
  return digest_of<Sha1>(EVP_sha1(), {bytes});
}
Sha256 sha256(ByteView bytes) {
  return digest_of<Sha256>(EVP_sha256(), {bytes});
}
Sha256 sha256(std::initializer_list<ByteView> parts) {
  return digest_of<Sha256>(EVP_sha256(), parts);
}

bool equal_in_constant_time(ByteView a, ByteView b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace shomei::crypto
