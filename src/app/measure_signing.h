// Measures how many signatures a Signer makes and its PublicKey verifies, of messages as long as what is
// signed in a certificate. Nothing is subtracted from what is measured; every signature made is of the same
// message.
#pragma once

#include <chrono>
#include <cstdint>

#include "app/measure_rules.h"
#include "crypto/signer.h"

namespace shomei::app {

inline constexpr std::size_t kSignedMessageBytes = 1200;

struct SigningRate {
  std::int64_t count = 0;
  Spread per_core_second;  // of batches, by the processor time of the thread that ran each
  double per_second = 0;   // of all threads together, by the clock
};

struct SigningMeasurement {
  SigningRate sign, verify;
};

// Each for `duration`, by that many threads at once. What the signer answers when it does not sign.
Result<SigningMeasurement> measure_signing(crypto::Signer& signer, std::chrono::milliseconds duration,
                                           int threads);

}  // namespace shomei::app
