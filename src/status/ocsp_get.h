// The request in the path of an HTTP GET (RFC 6960 A.1): base64 of the DER, percent-encoded.
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace shomei::status {

inline constexpr std::size_t kOcspPathCharactersMax = 8 * 1024;

// What follows the service's own path. Clients leave '/', '+' and '=' unescaped, and some write a second '/'
// in front: all are taken. malformed "ocsp_path_form", "base64_form".
Result<Bytes> decode_ocsp_get_path(std::string_view path);

}  // namespace shomei::status
