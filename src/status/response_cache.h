// ResponseCache: signed answers to requests without a nonce, to be given again while nothing has changed.
// Bounded: strangers choose what is asked. What an answer says is kept beside it and compared with what it
// would say now, so a change of state takes effect at once, for its certificate alone. Safe from several
// threads.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/bytes.h"
#include "base/calendar.h"
#include "pki/ocsp_response.h"

namespace shomei::status {

// What one SingleResponse says, without its times.
struct Claim {
  pki::CertificateStatus status;
  std::optional<Instant> archive_cutoff;
  bool operator==(const Claim&) const = default;
};

struct SignedAnswer {
  std::vector<Claim> claims;
  Bytes der;  // the OCSPResponse
  Instant this_update;
  Instant next_update;
  std::uint64_t appointed = 0;  // how many delegates had been appointed before its signer was looked up
};

class ResponseCache {
 public:
  explicit ResponseCache(std::size_t answers_max) : half_max_(answers_max / 2) {}

  // `key` is the identifiers that were asked for, one behind the other. Null when there is none.
  std::shared_ptr<const SignedAnswer> find(const std::string& key);
  void insert(std::string key, std::shared_ptr<const SignedAnswer> answer);
  void clear();
  std::size_t size() const;

 private:
  using Half = std::unordered_map<std::string, std::shared_ptr<const SignedAnswer>>;

  // What is used moves to the young half; when that is full it becomes the old one, and the old one goes.
  std::size_t half_max_;
  mutable std::mutex mutex_;
  Half young_, old_;
};

}  // namespace shomei::status
