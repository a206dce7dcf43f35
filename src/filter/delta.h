// Delta: what must be said otherwise than a filter says it, for the certificates that were issued up to a
// later checkpoint. Exact like the filter; as long as few things happened, a small part of its size.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "filter/key.h"
#include "filter/sealed_file.h"
#include "filter/section.h"

namespace shomei::filter {

// Of one authority, as beginnings of keys under the filter's salt, ascending.
struct Changes {
  std::vector<Key> revoked;  // revoked or suspended, and the filter says good
  std::vector<Key> good;     // good, and the filter says revoked: a hold taken back, or issued since
  bool operator==(const Changes&) const = default;
};

class Delta {
 public:
  // As Filter::open.
  static Result<Delta> open(ByteView file, const journal::VerifierKey& key);

  const Standing& standing() const { return standing_; }
  const crypto::Sha256& base() const { return base_; }    // the digest of the filter
  std::uint64_t base_size() const { return base_size_; }  // the size of its tree
  // The filter's in its order, and behind them those that are new. A new one has no maps: its certificates
  // are good unless they are among the changes.
  const std::vector<Authority>& authorities() const { return authorities_; }
  const std::vector<Count>& counts() const { return counts_; }
  const std::vector<Changes>& changes() const { return changes_; }
  unsigned key_bytes() const { return key_bytes_; }

  // Whether the certificate is revoked or suspended, where the delta says so; none: as the filter says.
  std::optional<bool> answer(std::size_t authority, const Key& key) const;

 private:
  Delta() = default;
  Standing standing_;
  crypto::Sha256 base_{};
  std::uint64_t base_size_ = 0;
  unsigned key_bytes_ = 0;
  std::vector<Authority> authorities_;
  std::vector<Count> counts_;
  std::vector<Changes> changes_;
};

// What seal() takes. The keys are whole or cut already.
struct DeltaContent {
  crypto::Sha256 base{};
  std::uint64_t base_size = 0;
  unsigned key_bytes = 0;
  std::vector<Authority> authorities;
  std::vector<Count> counts;
  std::vector<Changes> changes;
};
Bytes encode_delta(const DeltaContent& content);

}  // namespace shomei::filter
