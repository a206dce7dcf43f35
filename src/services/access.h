// Access: who may ask the status service, and how often. Open to everybody, or to registered verifiers alone
// (the law restricts who may ask), each with a token or a client certificate of its own; and rates, of
// verifiers and of addresses. It counts what each verifier asked. Safe from several threads.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "crypto/digest.h"
#include "http/message.h"

namespace shomei::services {

// A verifier as it is registered. It shows its token ("Authorization: Bearer …"), whose SHA-256 this is, or,
// over TLS, the certificate of which this is the SHA-256.
struct Verifier {
  std::string name;
  std::optional<crypto::Sha256> token;
  std::optional<crypto::Sha256> certificate;
  unsigned requests_per_second = 0;  // 0: any number
};

struct AccessRules {
  bool registered_only = false;
  unsigned requests_per_second = 0;  // of each address that is no verifier's; 0: any number
  std::vector<Verifier> verifiers;
};

class Access {
 public:
  enum class Answer : std::uint8_t { admitted, unregistered, too_often };
  enum class Refusals : std::uint8_t { counted, not_counted };

  explicit Access(AccessRules rules);

  // Nobody is kept out, and nobody is counted: no need to ask.
  bool is_free() const { return free_; }
  bool registered_only() const { return registered_only_; }
  // `authorization` is the field's value; `certificate` of a client that TLS has let in.
  Answer admit(std::string_view authorization, const std::optional<crypto::Sha256>& certificate,
               std::string_view address, Refusals refusals = Refusals::counted);
  Answer admit(const http::Request& request);

  struct Asked {
    std::string name;
    std::uint64_t admitted = 0, refused = 0;
  };
  std::vector<Asked> asked() const;                                  // by verifier, since the start
  std::uint64_t turned_away() const { return turned_away_.load(); }  // of nobody's

  // A token that only this process knows, for its own probe: a verifier that is not counted.
  const std::string& own_token() const { return own_token_; }

 private:
  using Steady = std::chrono::steady_clock;
  // So many at once, and as many again each second.
  struct Bucket {
    double left = 0;
    Steady::time_point filled_at;
    bool take(unsigned per_second, Steady::time_point now);
  };
  struct Known {
    Verifier verifier;
    std::mutex mutex;  // of the bucket
    Bucket bucket;
    std::atomic<std::uint64_t> admitted{0}, refused{0};
  };
  struct Digest {
    std::size_t operator()(const crypto::Sha256& digest) const;
  };

  Known* find(std::string_view authorization, const std::optional<crypto::Sha256>& certificate);
  bool take_of_address(std::string_view address);

  const bool free_, registered_only_;
  const unsigned requests_per_second_;
  std::string own_token_;
  crypto::Sha256 own_digest_;
  std::deque<Known> known_;
  std::unordered_map<crypto::Sha256, Known*, Digest> by_token_, by_certificate_;
  std::atomic<std::uint64_t> turned_away_{0};
  std::mutex mutex_;  // of the next
  std::unordered_map<std::string, Bucket> by_address_;
};

// 401 or 429, as problem documents.
http::Response turned_away(Access::Answer answer);
// What each verifier asked, in the text form that Prometheus reads.
std::string access_metrics(const Access& access);
// The handler behind the rules: of the paths that tell about certificates. All others are anybody's.
http::Handler guarded(Access& access, http::Handler handler);

}  // namespace shomei::services
