#include "crypto/digest_stream.h"

#include <nettle/sha2.h>

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

}  // namespace shomei::crypto
