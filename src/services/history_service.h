// What a certificate's state was at an instant, asked over the network (docs/formats/status-at.md).
//   GET /status?authority=signature-1&serial=HEX&at=2027-04-01T00:00:00Z
// answers application/jose+json, signed by the authority's responder; with "Accept: application/json" the
// statement without a signature. Status parts that are about other certificates too are not shown.
// It reads the status parts of the whole journal for an answer: few are made at a time, and who comes
// meanwhile is told when to come back (503, Retry-After).
#pragma once

#include <functional>
#include <string>

#include "crypto/signer.h"
#include "http/router.h"
#include "journal/checkpoint.h"
#include "journal/rows.h"

namespace shomei::services {

struct HistoryParts {
  journal::Engine& engine;  // outlives the router, as the clock does
  const Clock& clock;
  journal::VerifierKey key;  // of the journal's checkpoints
  // Who signs for that generation now: the signer outlives the router, and the certificate is for its key.
  // Asked from several threads.
  struct Signing {
    crypto::Signer* signer = nullptr;
    Bytes certificate;  // DER
  };
  std::function<Result<Signing>(const std::string& authority)> signing;
  unsigned walks_max = 1;  // at a time
};

void add_history_routes(http::Router& router, HistoryParts parts);

}  // namespace shomei::services
