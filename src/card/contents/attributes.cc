#include "card/contents/attributes.h"

#include <vector>

#include "base/limits.h"
#include "card/contents/digits.h"
#include "card/contents/offsets.h"
#include "card/contents/reference_numbers.h"
#include "card/contents/tlv.h"
#include "der/reader.h"

namespace shomei::card::contents {
namespace {

constexpr Tag kNumber = 0xFF10;
constexpr Tag kAttributes = 0xFF20;
constexpr Tag kOffsetTable = 0xDF21;
constexpr Tag kName = 0xDF22;
constexpr Tag kAddress = 0xDF23;
constexpr Tag kBorn = 0xDF24;
constexpr Tag kSex = 0xDF25;
constexpr std::size_t kUtf8BytesMax = 4;

Result<std::string> parse_text(ByteView bytes, std::size_t characters_max) {
  if (bytes.size() > characters_max * kUtf8BytesMax) return bad_content("a text is too long");
  if (!der::is_utf8(bytes)) return bad_content("a text is not UTF-8");
  return to_text(bytes);
}

}  // namespace

Bytes encode_number(std::string_view twelve_digits) {
  Bytes file = encode_object(kNumber, view(twelve_digits));
  file.resize(kNumberFileBytes, 0xFF);
  return file;
}

Result<std::string> parse_number(ByteView file) {
  SHOMEI_TRY(const auto object, parse_file(file, kNumber));
  return parse_digits(object.value, kNumberDigits);
}

Bytes encode_attributes(const Attributes& attributes, Offsets offsets) {
  const std::vector<Bytes> fields{encode_object(kName, view(attributes.name)),
                                  encode_object(kAddress, view(attributes.address)),
                                  encode_object(kBorn, view(attributes.born)),
                                  encode_object(kSex, Bytes{static_cast<std::uint8_t>(attributes.sex)})};
  return encode_with_offsets(kAttributes, kOffsetTable, fields, offsets);
}

Result<ParsedAttributes> parse_attributes(ByteView file) {
  SHOMEI_TRY(const auto fields, Fields::parse(file, kAttributes));
  SHOMEI_TRY(const auto name, fields.value(kName));
  SHOMEI_TRY(const auto address, fields.value(kAddress));
  SHOMEI_TRY(const auto born, fields.value(kBorn));
  SHOMEI_TRY(const auto sex, fields.value(kSex));
  ParsedAttributes parsed{.offsets = check_offsets(fields, kOffsetTable)};
  SHOMEI_TRY(parsed.attributes.name, parse_text(name, limits::kNameCharactersMax));
  SHOMEI_TRY(parsed.attributes.address, parse_text(address, limits::kAddressCharactersMax));
  SHOMEI_TRY(parsed.attributes.born, parse_digits(born, 8));
  const auto known = sex.size() == 1 ? sex_of_digit(sex.front()) : std::nullopt;
  if (!known) return bad_content("a digit for the sex that means nothing");
  parsed.attributes.sex = *known;
  return parsed;
}

Result<Bytes> attributes_digest_input(ByteView file) {
  SHOMEI_TRY(const auto whole, parse_file(file, kAttributes));
  if (whole.value.empty()) return bad_content("a part is missing");
  SHOMEI_TRY(const auto first, take_object(whole.value));
  const std::size_t skipped = first.tag == kOffsetTable ? first.whole.size() : 0;
  return to_bytes(whole.value.subspan(skipped));
}

}  // namespace shomei::card::contents
