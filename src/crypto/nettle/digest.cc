#include "crypto/digest.h"

#include <nettle/memops.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>

namespace shomei::crypto {

Sha1 sha1(ByteView bytes) {
  sha1_ctx context;
  sha1_init(&context);
  sha1_update(&context, bytes.size(), bytes.data());
  Sha1 out;
  sha1_digest(&context, out.size(), out.data());
  return out;
}

Sha256 sha256(ByteView bytes) {
  return sha256({bytes});
}

Sha256 sha256(std::initializer_list<ByteView> parts) {
  sha256_ctx context;
  sha256_init(&context);
  for (const auto part : parts) sha256_update(&context, part.size(), part.data());
  Sha256 out;
  sha256_digest(&context, out.size(), out.data());
  return out;
}

Sha384 sha384(ByteView bytes) {
  sha384_ctx context;
  sha384_init(&context);
  sha384_update(&context, bytes.size(), bytes.data());
  Sha384 out;
  sha384_digest(&context, out.size(), out.data());
  return out;
}

bool equal_in_constant_time(ByteView a, ByteView b) {
  return a.size() == b.size() && (a.empty() || memeql_sec(a.data(), b.data(), a.size()) == 1);
}

}  // namespace shomei::crypto
