// Requests for certificates, made before a measurement begins: residents with cards in the register, and for
// each a request that a key of its own has signed.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "counter/issue_online.h"
#include "counter/parts.h"
#include "crypto/private_key.h"

namespace shomei::app {

struct IssuingWork {
  std::vector<counter::CertificateRequest> requests;
};

// Puts `count` residents with cards into the register, spread at random among those who are there, and makes
// a request for each, for both kinds in turn. `progress` is told how many are ready.
Result<IssuingWork> prepare_issuing(const counter::Parts& parts, std::size_t count,
                                    crypto::KeyType subject_key,
                                    const std::function<void(std::size_t)>& progress);

}  // namespace shomei::app
