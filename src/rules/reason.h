// Why a certificate ends, by the names of RFC 5280 section 5.3.1.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace shomei::rules {

enum class Reason : std::uint8_t {
  unspecified,
  keyCompromise,
  cACompromise,
  affiliationChanged,
  superseded,
  cessationOfOperation,
  certificateHold
};
std::string_view name(Reason reason);
std::optional<Reason> parse_reason(std::string_view text);

}  // namespace shomei::rules
