// Connection: the handles behind a PcscTransport. Of this folder alone.
#pragma once

#include <winscard.h>

#include "card/pcsc/context.h"
#include "card/pcsc/pcsc_transport.h"

namespace shomei::card::pcsc {

struct PcscTransport::Connection {
  Context context;
  SCARDHANDLE card = 0;
  DWORD protocol = 0;
  DWORD share_mode = 0;
  AtEnd at_end = AtEnd::reset_card;
  bool reset_due = false;  // a PIN may be verified that nobody else shall find so
  bool was_reset = false;  // a command was refused for it; the next transaction tells
};

inline DWORD disposition(AtEnd at_end) {
  return at_end == AtEnd::reset_card ? SCARD_RESET_CARD : SCARD_LEAVE_CARD;
}

}  // namespace shomei::card::pcsc
