// The list of extensions that revocation lists and status messages carry (RFC 5280 5.2, RFC 6960 4.4).
#pragma once

#include <vector>

#include "base/result.h"
#include "der/reader.h"
#include "pki/extension.h"

namespace shomei::pki {

// SEQUENCE OF Extension in front of the reader: at least one, at most 32, no OID twice.
// malformed "extension_list_form", or what the members say.
Result<std::vector<Extension>> take_extension_list(der::Reader& reader);

}  // namespace shomei::pki
