// Settings of the status service (docs/formats/home.md, table `status`).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crypto/digest.h"

namespace shomei::home {

// A service that may ask. It proves who it is by its token, whose SHA-256 stands here, or over TLS by its
// certificate, of which the same.
struct Verifier {
  std::string name;
  std::optional<crypto::Sha256> token;
  std::optional<crypto::Sha256> certificate;
  unsigned requests_per_second = 0;  // 0: as many as it likes
};

struct StatusSettings {
  std::chrono::seconds silence{60};  // without word from the journal for longer, every answer is tryLater
  unsigned loops = 0;                // threads that answer; 0: one a core
  std::size_t connections_max = 16'000;
  std::size_t answers_max = 64 * 1024;                // kept signed, to be given again; some 3 KiB each
  std::string snapshot = "public/status.snapshot";    // started from where it is there
  bool registered_only = false;                       // only verifiers may ask
  unsigned requests_per_second = 0;                   // of each address that is no verifier's; 0: any number
  std::string tls_listen;                             // where it is asked over TLS; empty: nowhere
  std::string tls_certificate, tls_key, tls_clients;  // PEM files
  std::vector<Verifier> verifiers;
};

}  // namespace shomei::home
