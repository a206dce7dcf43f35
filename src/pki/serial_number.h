// SerialNumber: a certificate's serial number, a positive INTEGER of at most 20 bytes (RFC 5280 4.1.2.2).
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "der/reader.h"

namespace shomei::pki {

class SerialNumber {
 public:
  SerialNumber() = default;
  // From big-endian bytes without sign; leading zeros are dropped. malformed "serial_form": zero, or too
  // long.
  static Result<SerialNumber> of_magnitude(ByteView magnitude);
  // Upper-case or lower-case hexadecimal, even length, no 0x: the form that the command line shows.
  static Result<SerialNumber> parse_hex(std::string_view text);
  static Result<SerialNumber> take(der::Reader& reader, der::Tag tag = der::kInteger);

  const Bytes& magnitude() const { return magnitude_; }  // no leading 00
  std::string hex() const { return to_hex_upper(magnitude_); }
  Bytes encode(der::Tag tag = der::kInteger) const;
  auto operator<=>(const SerialNumber&) const = default;

 private:
  Bytes magnitude_;
};

}  // namespace shomei::pki
