// TokenInfo: EF 0006 of the JPKI application, which is a CK_TOKEN_INFO of PKCS#11 with big-endian integers
// (jpki-facts 1.3). What a card tells of itself: nothing vouches for it.
#pragma once

#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace shomei::card::client {

struct TokenInfo {
  std::string label;         // "JPKIAPICCTOKEN2" on today's plastic card; all texts without their filler
  std::string manufacturer;  // "00000000000000000000000000000001"
  std::string model;         // "E16R01NJ"; varies by the card's maker
  std::string serial;        // of the token, 16 characters; of no certificate
  std::uint32_t flags = 0;
  std::uint32_t sessions_max = 0;
  std::uint32_t read_write_sessions_max = 0;
  std::uint32_t pin_characters_max = 0;
  std::uint32_t pin_characters_min = 0;
  std::string hardware_version;  // two characters, "03"
  std::string firmware_version;
};

// malformed "card_file_form" unless it has 160 bytes. Characters that are no printable ASCII become '?'.
Result<TokenInfo> parse_token_info(ByteView content);

}  // namespace shomei::card::client
