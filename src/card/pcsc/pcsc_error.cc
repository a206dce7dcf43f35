#include "card/pcsc/pcsc_error.h"

#include <winscard.h>

namespace shomei::card::pcsc {

Error error_of(std::string_view call, long code, const std::string& reader) {
  switch (code) {
    case SCARD_E_NO_SERVICE:
    case SCARD_E_SERVICE_STOPPED:
      return unavailable("pcsc_service_missing");
    case SCARD_E_NO_READERS_AVAILABLE:
      return not_found("reader_none");
    case SCARD_E_UNKNOWN_READER:
    case SCARD_E_READER_UNAVAILABLE:
      return not_found("reader_unknown", {{"reader", reader}});
    case SCARD_E_NO_SMARTCARD:
    case SCARD_W_UNPOWERED_CARD:
    case SCARD_W_UNRESPONSIVE_CARD:
      return unavailable("card_missing", {{"reader", reader}});
    case SCARD_E_SHARING_VIOLATION:
      return conflict("card_busy", {{"reader", reader}});
    case SCARD_W_REMOVED_CARD:
    case SCARD_W_RESET_CARD:
    case SCARD_E_NOT_TRANSACTED:
    case SCARD_E_COMM_DATA_LOST:
      return unavailable("card_gone");
    default:
      return internal("pcsc_failed", {{"call", std::string(call)}, {"system", ::pcsc_stringify_error(code)}});
  }
}

}  // namespace shomei::card::pcsc
