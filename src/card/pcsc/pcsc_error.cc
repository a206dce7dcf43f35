#include "card/pcsc/pcsc_error.h"

#include <winscard.h>

#include <algorithm>
#include <iterator>

namespace shomei::card::pcsc {
namespace {

struct Meaning {
  long system;
  Fault fault;
  std::string_view code;
  bool names_reader = false;
};

// What is not here is a fault of ours or of pcscd. SCARD_E_INVALID_HANDLE: our handles are good until pcscd
// is ended and started again.
constexpr Meaning kMeanings[] = {
    {.system = SCARD_E_NO_SERVICE, .fault = Fault::unavailable, .code = "pcsc_service_missing"},
    {.system = SCARD_E_SERVICE_STOPPED, .fault = Fault::unavailable, .code = "pcsc_service_missing"},
    {.system = SCARD_E_INVALID_HANDLE, .fault = Fault::unavailable, .code = "pcsc_service_missing"},
    {.system = SCARD_F_COMM_ERROR, .fault = Fault::unavailable, .code = "pcsc_service_missing"},
    {.system = SCARD_P_SHUTDOWN, .fault = Fault::unavailable, .code = "pcsc_service_missing"},
    {.system = SCARD_E_SYSTEM_CANCELLED, .fault = Fault::unavailable, .code = "pcsc_service_missing"},
    {.system = SCARD_W_SECURITY_VIOLATION, .fault = Fault::refused, .code = "pcsc_denied"},
    {.system = SCARD_E_NO_READERS_AVAILABLE, .fault = Fault::not_found, .code = "reader_none"},
    {.system = SCARD_E_UNKNOWN_READER,
     .fault = Fault::not_found,
     .code = "reader_unknown",
     .names_reader = true},
    {.system = SCARD_E_READER_UNAVAILABLE,
     .fault = Fault::not_found,
     .code = "reader_unknown",
     .names_reader = true},
    {.system = SCARD_E_NO_SMARTCARD,
     .fault = Fault::unavailable,
     .code = "card_missing",
     .names_reader = true},
    {.system = SCARD_W_UNPOWERED_CARD,
     .fault = Fault::unavailable,
     .code = "card_mute",
     .names_reader = true},
    {.system = SCARD_W_UNRESPONSIVE_CARD,
     .fault = Fault::unavailable,
     .code = "card_mute",
     .names_reader = true},
    {.system = SCARD_E_NOT_READY, .fault = Fault::unavailable, .code = "card_mute", .names_reader = true},
    {.system = SCARD_E_TIMEOUT, .fault = Fault::unavailable, .code = "card_mute", .names_reader = true},
    {.system = SCARD_F_WAITED_TOO_LONG,
     .fault = Fault::unavailable,
     .code = "card_mute",
     .names_reader = true},
    {.system = SCARD_E_PROTO_MISMATCH,
     .fault = Fault::refused,
     .code = "card_unsupported",
     .names_reader = true},
    {.system = SCARD_E_CARD_UNSUPPORTED,
     .fault = Fault::refused,
     .code = "card_unsupported",
     .names_reader = true},
    {.system = SCARD_W_UNSUPPORTED_CARD,
     .fault = Fault::refused,
     .code = "card_unsupported",
     .names_reader = true},
    {.system = SCARD_E_UNKNOWN_CARD,
     .fault = Fault::refused,
     .code = "card_unsupported",
     .names_reader = true},
    {.system = SCARD_E_INVALID_ATR,
     .fault = Fault::refused,
     .code = "card_unsupported",
     .names_reader = true},
    {.system = SCARD_E_READER_UNSUPPORTED,
     .fault = Fault::refused,
     .code = "card_unsupported",
     .names_reader = true},
    {.system = SCARD_E_SHARING_VIOLATION,
     .fault = Fault::conflict,
     .code = "card_busy",
     .names_reader = true},
    {.system = SCARD_W_REMOVED_CARD, .fault = Fault::unavailable, .code = "card_gone"},
    {.system = SCARD_E_NOT_TRANSACTED, .fault = Fault::unavailable, .code = "card_gone"},
    {.system = SCARD_E_COMM_DATA_LOST, .fault = Fault::unavailable, .code = "card_gone"},
    {.system = SCARD_W_RESET_CARD, .fault = Fault::unavailable, .code = "card_reset"},
};

}  // namespace

Error error_of(std::string_view call, long code, const std::string& reader) {
  const auto* meaning = std::ranges::find(kMeanings, code, &Meaning::system);
  if (meaning == std::end(kMeanings))
    return internal("pcsc_failed", {{"call", std::string(call)}, {"system", ::pcsc_stringify_error(code)}});
  Error error{.fault = meaning->fault, .code = meaning->code};
  if (meaning->names_reader) error.parameters = {{"reader", reader}};
  return error;
}

}  // namespace shomei::card::pcsc
