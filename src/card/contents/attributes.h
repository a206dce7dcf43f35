// What the input-helper application holds so that nobody has to type it: the national number (EF 0001) and
// the four attributes (EF 0002). jpki-facts 1.7.
#pragma once

#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "card/contents/sex.h"

namespace shomei::card::contents {

// The file is longer than its content: the digest of EF 0003 is over all of it.
inline constexpr std::size_t kNumberFileBytes = 17;

Bytes encode_number(std::string_view twelve_digits);
// malformed "card_content_form". The check digit is not looked at: the card is believed about its number.
Result<std::string> parse_number(ByteView file);

struct Attributes {
  std::string name;     // UTF-8
  std::string address;  // UTF-8
  std::string born;     // YYYYMMDD; 00 or 0000 for a part that nobody knows
  Sex sex = Sex::not_known;
  bool operator==(const Attributes&) const = default;
};

// Where the four fields begin, as the file itself says (DF21). Cards of one generation count from the file's
// first byte, others from the first of its value (UNCONFIRMED which is which). The fields are found by their
// tags in any case, so a table that agrees with neither is told and not refused.
enum class Offsets { of_file, of_value, absent, wrong };

struct ParsedAttributes {
  Attributes attributes;
  Offsets offsets = Offsets::absent;
};

Bytes encode_attributes(const Attributes& attributes, Offsets offsets = Offsets::of_file);
// malformed "card_content_form".
Result<ParsedAttributes> parse_attributes(ByteView file);

// What the digest of EF 0003 is over: the file's value behind the table.
Result<Bytes> attributes_digest_input(ByteView file);

}  // namespace shomei::card::contents
