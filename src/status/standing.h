// Standing: what the service knows of one certificate that was issued.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/calendar.h"
#include "pki/revocation_reason.h"

namespace shomei::status {

enum class State : std::uint8_t { valid, suspended, revoked };
std::string_view name(State state);  // "valid", ...

struct Standing {
  State state = State::valid;
  Instant changed_at;  // of suspension or revocation; meaningless while valid
  std::optional<pki::RevocationReason> reason;
  Instant not_after;  // an expired certificate keeps its last state
  bool operator==(const Standing&) const = default;
};

}  // namespace shomei::status
