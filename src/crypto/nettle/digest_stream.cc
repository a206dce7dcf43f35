#include "crypto/digest_stream.h"

#include <nettle/nettle-meta.h>
#include <nettle/sha2.h>

#include "base/check.h"

namespace shomei::crypto {

struct Sha256Stream::State {
  sha256_ctx context;
};

Sha256Stream::Sha256Stream() : state_(std::make_unique<State>()) {
  sha256_init(&state_->context);
}
Sha256Stream::~Sha256Stream() = default;

void Sha256Stream::add(ByteView bytes) {
  sha256_update(&state_->context, bytes.size(), bytes.data());
}

// Nettle begins anew by itself.
Sha256 Sha256Stream::finish() {
  Sha256 out;
  sha256_digest(&state_->context, out.size(), out.data());
  return out;
}

namespace {

const nettle_hash& hash_of(DigestAlgorithm algorithm) {
  switch (algorithm) {
    case DigestAlgorithm::sha1:
      return nettle_sha1;
    case DigestAlgorithm::sha256:
      return nettle_sha256;
    case DigestAlgorithm::sha384:
      return nettle_sha384;
    case DigestAlgorithm::sha512:
      return nettle_sha512;
  }
  SHOMEI_INVARIANT(false);
}

}  // namespace

std::size_t digest_bytes(DigestAlgorithm algorithm) {
  return hash_of(algorithm).digest_size;
}

DigestStream::DigestStream(DigestAlgorithm algorithm)
    : algorithm_(algorithm), context_(hash_of(algorithm).context_size / sizeof(std::max_align_t) + 1) {
  hash_of(algorithm).init(context_.data());
}

void DigestStream::add(ByteView bytes) {
  hash_of(algorithm_).update(context_.data(), bytes.size(), bytes.data());
}

Bytes DigestStream::finish() {
  Bytes out(digest_bytes(algorithm_));
  hash_of(algorithm_).digest(context_.data(), out.size(), out.data());
  return out;
}

}  // namespace shomei::crypto
