// What the codes of pcsclite mean for a caller. Of this folder alone.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace shomei::card::pcsc {

// `code` is a LONG of pcsclite, which is not SCARD_S_SUCCESS.
Error error_of(std::string_view call, long code, const std::string& reader);

}  // namespace shomei::card::pcsc
