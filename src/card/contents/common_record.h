// The one record of EF 0001 of the common application: 01 1C, fifteen digits of the card's serial number,
// five of the municipality, eight of the card's last day (jpki-facts 1.4, READ RECORD).
#pragma once

#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace shomei::card::contents {

inline constexpr std::size_t kSerialDigits = 15;
inline constexpr std::size_t kMunicipalityDigits = 5;

struct CommonRecord {
  std::string serial;
  std::string municipality;
  std::string valid_until;  // YYYYMMDD
  bool operator==(const CommonRecord&) const = default;
};

Bytes encode_common_record(const CommonRecord& record);
// malformed "card_content_form".
Result<CommonRecord> parse_common_record(ByteView record);

}  // namespace shomei::card::contents
