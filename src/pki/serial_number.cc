#include "pki/serial_number.h"

#include "der/writer.h"

namespace shomei::pki {
namespace {

constexpr std::size_t kEncodedBytesMax = 20;  // RFC 5280 4.1.2.2, the sign byte counted

}  // namespace

Result<SerialNumber> SerialNumber::of_magnitude(ByteView magnitude) {
  while (!magnitude.empty() && magnitude.front() == 0) magnitude = magnitude.subspan(1);
  const bool sign_byte = !magnitude.empty() && (magnitude.front() & 0x80);
  if (magnitude.empty() || magnitude.size() + (sign_byte ? 1 : 0) > kEncodedBytesMax)
    return malformed("serial_form", {{"text", to_hex_upper(magnitude)}}, "RFC 5280 4.1.2.2");
  SerialNumber serial;
  serial.magnitude_ = to_bytes(magnitude);
  return serial;
}

Result<SerialNumber> SerialNumber::parse_hex(std::string_view text) {
  const auto bytes = from_hex(text);
  if (!bytes) return malformed("serial_form", {{"text", std::string(text)}}, "RFC 5280 4.1.2.2");
  return of_magnitude(*bytes);
}

Result<SerialNumber> SerialNumber::take(der::Reader& reader, der::Tag tag) {
  der::Reader ahead = reader;
  SHOMEI_TRY(const auto magnitude, ahead.take_magnitude(tag));
  SHOMEI_TRY(auto serial, of_magnitude(magnitude));
  reader = ahead;
  return serial;
}

Bytes SerialNumber::encode(der::Tag tag) const {
  return der::integer_of_magnitude(magnitude_, tag);
}

}  // namespace shomei::pki
