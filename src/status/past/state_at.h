// What a certificate's state was at an instant, by the changes of its life. Pure.
//
// Two answers, since a change may count from an instant before it was recorded:
// - known_now goes by everything that is recorded by now: of the changes that count from that instant or from
//   earlier, the one that was recorded last says the state;
// - known_then goes by what had been recorded by that instant, as the status service could have answered
// then. A certificate is unknown before its issue was recorded.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "status/past/life.h"

namespace shomei::status {

enum class PastState : std::uint8_t { unknown, valid, suspended, revoked };
std::string_view name(PastState state);  // "unknown", ...

struct StateAt {
  PastState state = PastState::unknown;
  std::optional<Instant> since = {};  // of a suspension or revocation
  std::optional<pki::RevocationReason> reason = {};
  // From when its key may have been in wrong hands, where a revocation says so and that is not after the
  // instant (RFC 5280 5.3.2).
  std::optional<Instant> invalidity_at = {};
  bool not_yet_valid = false;
  bool expired = false;
  bool operator==(const StateAt&) const = default;
};

StateAt known_now(const std::vector<Change>& changes, Instant at);
StateAt known_then(const std::vector<Change>& changes, Instant at);

// Valid, within its days, and not after an instant from which its key may have been in wrong hands.
bool is_good(const StateAt& state);

}  // namespace shomei::status
