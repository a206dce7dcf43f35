#include "card/client/error_family.h"

#include <algorithm>
#include <array>

namespace shomei::card::client {
namespace {

// By code and not by fault: a card that is worn out is unavailable too, and no patience mends it.
constexpr std::array<std::string_view, 8> kRetryable{
    "card_busy",  "card_gone",   "card_missing",   "card_mute",
    "card_reset", "reader_none", "reader_unknown", "pcsc_service_missing",
};

}  // namespace

std::string_view name(ErrorFamily family) {
  return family == ErrorFamily::retryable ? "retryable" : "fatal";
}

ErrorFamily family_of(const Error& error) {
  return std::ranges::find(kRetryable, error.code) != kRetryable.end() ? ErrorFamily::retryable
                                                                       : ErrorFamily::fatal;
}

}  // namespace shomei::card::client
