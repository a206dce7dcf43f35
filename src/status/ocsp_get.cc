#include "status/ocsp_get.h"

#include <string>

namespace shomei::status {
namespace {

Error bad(std::string_view what) {
  return malformed("ocsp_path_form", {{"what", std::string(what)}}, "RFC 6960 A.1");
}

Result<std::string> decode_percent(std::string_view path) {
  std::string text;
  while (!path.empty()) {
    if (path.front() != '%') {
      text += path.front();
      path.remove_prefix(1);
      continue;
    }
    const auto octet = from_hex(path.substr(1, 2));
    if (!octet || octet->size() != 1) return bad("a percent sign without two hexadecimal digits");
    text += static_cast<char>(octet->front());
    path.remove_prefix(3);
  }
  return text;
}

}  // namespace

Result<Bytes> decode_ocsp_get_path(std::string_view path) {
  if (path.size() > kOcspPathCharactersMax) return bad("it has over 8192 characters");
  SHOMEI_TRY(const auto text, decode_percent(path));
  // A request begins with 30, so its base64 begins with M: slashes in front are not part of it.
  const auto begin = text.find_first_not_of('/');
  if (begin == std::string::npos) return bad("there is no request in it");
  return from_base64(std::string_view(text).substr(begin));
}

}  // namespace shomei::status
