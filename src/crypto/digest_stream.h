// Digests of what comes piece by piece: files that are larger than the memory, data of an application.
#pragma once

#include <memory>

#include "crypto/digest.h"

namespace shomei::crypto {

class Sha256Stream {
 public:
  Sha256Stream();
  Sha256Stream(const Sha256Stream&) = delete;
  Sha256Stream& operator=(const Sha256Stream&) = delete;
  ~Sha256Stream();
  void add(ByteView bytes);
  Sha256 finish();  // of all that was added; the next is of what comes then

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Those that a card's client is asked for. SHA-1 for digests alone.
enum class DigestAlgorithm { sha1, sha256, sha384, sha512 };
std::size_t digest_bytes(DigestAlgorithm algorithm);

class DigestStream {
 public:
  explicit DigestStream(DigestAlgorithm algorithm);
  void add(ByteView bytes);
  Bytes finish();  // of all that was added; the next is of what comes then

 private:
  DigestAlgorithm algorithm_;
  std::vector<std::max_align_t> context_;
};

}  // namespace shomei::crypto
