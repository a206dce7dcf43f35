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
    {SCARD_E_NO_SERVICE, Fault::unavailable, "pcsc_service_missing"},
    {SCARD_E_SERVICE_STOPPED, Fault::unavailable, "pcsc_service_missing"},
    {SCARD_E_INVALID_HANDLE, Fault::unavailable, "pcsc_service_missing"},
    {SCARD_F_COMM_ERROR, Fault::unavailable, "pcsc_service_missing"},
    {SCARD_P_SHUTDOWN, Fault::unavailable, "pcsc_service_missing"},
    {SCARD_E_SYSTEM_CANCELLED, Fault::unavailable, "pcsc_service_missing"},
    {SCARD_W_SECURITY_VIOLATION, Fault::refused, "pcsc_denied"},
    {SCARD_E_NO_READERS_AVAILABLE, Fault::not_found, "reader_none"},
    {SCARD_E_UNKNOWN_READER, Fault::not_found, "reader_unknown", true},
    {SCARD_E_READER_UNAVAILABLE, Fault::not_found, "reader_unknown", true},
    {SCARD_E_NO_SMARTCARD, Fault::unavailable, "card_missing", true},
    {SCARD_W_UNPOWERED_CARD, Fault::unavailable, "card_mute", true},
    {SCARD_W_UNRESPONSIVE_CARD, Fault::unavailable, "card_mute", true},
    {SCARD_E_NOT_READY, Fault::unavailable, "card_mute", true},
    {SCARD_E_TIMEOUT, Fault::unavailable, "card_mute", true},
    {SCARD_F_WAITED_TOO_LONG, Fault::unavailable, "card_mute", true},
    {SCARD_E_PROTO_MISMATCH, Fault::refused, "card_unsupported", true},
    {SCARD_E_CARD_UNSUPPORTED, Fault::refused, "card_unsupported", true},
    {SCARD_W_UNSUPPORTED_CARD, Fault::refused, "card_unsupported", true},
    {SCARD_E_UNKNOWN_CARD, Fault::refused, "card_unsupported", true},
    {SCARD_E_INVALID_ATR, Fault::refused, "card_unsupported", true},
    {SCARD_E_READER_UNSUPPORTED, Fault::refused, "card_unsupported", true},
    {SCARD_E_SHARING_VIOLATION, Fault::conflict, "card_busy", true},
    {SCARD_W_REMOVED_CARD, Fault::unavailable, "card_gone"},
    {SCARD_E_NOT_TRANSACTED, Fault::unavailable, "card_gone"},
    {SCARD_E_COMM_DATA_LOST, Fault::unavailable, "card_gone"},
    {SCARD_W_RESET_CARD, Fault::unavailable, "card_reset"},
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
