#include "der/reader.h"

#include <algorithm>
#include <string_view>

namespace shomei::der {
namespace {

Error bad(std::string_view what) {
  return malformed("der_form", {{"what", std::string(what)}}, "X.690");
}

bool is_printable(std::uint8_t c) {
  static constexpr std::string_view kOthers = " '()+,-./:=?";
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         kOthers.find(static_cast<char>(c)) != std::string_view::npos;
}

Result<void> check_integer_content(ByteView content) {
  if (content.empty()) return bad("INTEGER has no bytes");
  if (content.size() > 1 &&
      ((content[0] == 0x00 && !(content[1] & 0x80)) || (content[0] == 0xFF && (content[1] & 0x80))))
    return bad("INTEGER is not in its shortest form");
  return {};
}

// Reads the length octets at `at`; the content begins behind them.
Result<std::size_t> take_length(ByteView bytes, std::size_t& at) {
  if (at >= bytes.size()) return bad("the length is missing");
  const std::uint8_t first = bytes[at++];
  if (first < 0x80) return std::size_t{first};
  const std::size_t count = first & 0x7F;
  if (count == 0) return bad("indefinite length");
  if (count > 4 || bytes.size() - at < count) return bad("the length is too long or cut off");
  std::size_t length = 0;
  for (std::size_t i = 0; i < count; ++i) length = length << 8 | bytes[at++];
  if (length < 0x80 || (length >> (8 * (count - 1))) == 0)
    return bad("the length is not in its shortest form");
  return length;
}

}  // namespace

std::optional<Tag> Reader::peek() const {
  if (rest_.empty()) return std::nullopt;
  return rest_.front();
}

Result<Value> Reader::take() {
  if (rest_.empty()) return bad("a value is missing");
  if ((rest_[0] & 0x1F) == 0x1F) return bad("a tag number over 30");
  std::size_t at = 1;
  SHOMEI_TRY(const auto length, take_length(rest_, at));
  if (rest_.size() - at < length) return bad("the value is cut off");
  const Value value{rest_[0], rest_.subspan(at, length), rest_.first(at + length)};
  rest_ = rest_.subspan(at + length);
  return value;
}

Result<Value> Reader::take(Tag tag) {
  if (peek() != tag) return bad("another tag than " + to_hex(Bytes{tag}) + " stands here");
  return take();
}

Result<std::optional<Value>> Reader::take_if(Tag tag) {
  if (peek() != tag) return std::optional<Value>{};
  SHOMEI_TRY(const auto value, take());
  return std::optional<Value>{value};
}

Result<Reader> Reader::enter(Tag tag) {
  SHOMEI_TRY(const auto value, take(tag));
  return Reader(value.content);
}

Result<void> Reader::expect_done() const {
  if (!done()) return bad("bytes follow where nothing may");
  return {};
}

// The typed takes read from a copy and move on only when the value is right.
Result<bool> Reader::take_boolean() {
  Reader ahead = *this;
  SHOMEI_TRY(const auto value, ahead.take(kBoolean));
  if (value.content.size() != 1 || (value.content[0] != 0x00 && value.content[0] != 0xFF))
    return bad("BOOLEAN is neither 00 nor FF");
  *this = ahead;
  return value.content[0] == 0xFF;
}

Result<std::int64_t> Reader::take_integer() {
  Reader ahead = *this;
  SHOMEI_TRY(const auto value, ahead.take(kInteger));
  SHOMEI_CHECK(check_integer_content(value.content));
  if (value.content.size() > 8) return bad("INTEGER is over 64 bits");
  std::uint64_t bits = value.content[0] & 0x80 ? ~std::uint64_t{0} : 0;
  for (auto b : value.content) bits = bits << 8 | b;
  *this = ahead;
  return static_cast<std::int64_t>(bits);
}

Result<ByteView> Reader::take_magnitude(Tag tag) {
  Reader ahead = *this;
  SHOMEI_TRY(const auto value, ahead.take(tag));
  SHOMEI_CHECK(check_integer_content(value.content));
  if (value.content[0] & 0x80) return bad("INTEGER is negative");
  *this = ahead;
  return value.content.size() > 1 && value.content[0] == 0 ? value.content.subspan(1) : value.content;
}

Result<std::uint8_t> Reader::take_enumerated() {
  Reader ahead = *this;
  SHOMEI_TRY(const auto value, ahead.take(kEnumerated));
  if (value.content.size() != 1 || value.content[0] > 0x7F) return bad("ENUMERATED is not 0 to 127");
  *this = ahead;
  return value.content[0];
}

Result<ByteView> Reader::take_octet_string(Tag tag) {
  SHOMEI_TRY(const auto value, take(tag));
  return value.content;
}

Result<ByteView> Reader::take_bit_string() {
  Reader ahead = *this;
  SHOMEI_TRY(const auto value, ahead.take(kBitString));
  if (value.content.empty() || value.content[0] != 0) return bad("BIT STRING is not a whole number of bytes");
  *this = ahead;
  return value.content.subspan(1);
}

Result<std::uint16_t> Reader::take_named_bits(Tag tag) {
  Reader ahead = *this;
  SHOMEI_TRY(const auto value, ahead.take(tag));
  const auto c = value.content;
  if (c.empty() || c.size() > 3 || c[0] > 7 || (c.size() == 1 && c[0] != 0))
    return bad("BIT STRING is not up to 16 named bits");
  // X.690 11.2.2: the last bit used is a one.
  if (c.size() > 1 && !(c.back() & (1 << c[0]))) return bad("named bits end in a zero");
  if (c.size() > 1 && (c.back() & ((1 << c[0]) - 1))) return bad("unused bits are not zero");
  *this = ahead;
  return static_cast<std::uint16_t>((c.size() > 1 ? c[1] << 8 : 0) | (c.size() > 2 ? c[2] : 0));
}

Result<void> Reader::take_null() {
  Reader ahead = *this;
  SHOMEI_TRY(const auto value, ahead.take(kNull));
  if (!value.content.empty()) return bad("NULL has bytes");
  *this = ahead;
  return {};
}

Result<Oid> Reader::take_oid() {
  Reader ahead = *this;
  SHOMEI_TRY(const auto value, ahead.take(kOid));
  SHOMEI_TRY(auto oid, Oid::parse_content(value.content));
  *this = ahead;
  return oid;
}

Result<std::string> Reader::take_string() {
  Reader ahead = *this;
  SHOMEI_TRY(const auto value, ahead.take());
  if (value.tag == kUtf8String) {
    if (!is_utf8(value.content)) return bad("UTF8String is not UTF-8");
  } else if (value.tag == kPrintableString) {
    if (!std::ranges::all_of(value.content, is_printable))
      return bad("PrintableString has another character");
  } else if (value.tag == kIa5String) {
    if (!std::ranges::all_of(value.content, [](auto c) { return c < 0x80; }))
      return bad("IA5String is not ASCII");
  } else {
    return bad("a string of another type");
  }
  *this = ahead;
  return to_text(value.content);
}

Result<Value> parse_single(ByteView bytes) {
  Reader reader(bytes);
  SHOMEI_TRY(const auto value, reader.take());
  SHOMEI_CHECK(reader.expect_done());
  return value;
}

Result<Reader> enter_single(ByteView bytes, Tag tag) {
  SHOMEI_TRY(const auto value, parse_single(bytes));
  if (value.tag != tag) return bad("another tag than " + to_hex(Bytes{tag}) + " stands here");
  return Reader(value.content);
}

bool is_utf8(ByteView bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    const std::uint8_t lead = bytes[i];
    const std::size_t length = lead < 0x80                   ? 1
                               : lead >= 0xC2 && lead < 0xE0 ? 2
                               : lead >= 0xE0 && lead < 0xF0 ? 3
                               : lead >= 0xF0 && lead < 0xF5 ? 4
                                                             : 0;
    if (length == 0 || bytes.size() - i < length) return false;
    for (std::size_t k = 1; k < length; ++k)
      if ((bytes[i + k] & 0xC0) != 0x80) return false;
    if (lead == 0xE0 && bytes[i + 1] < 0xA0) return false;
    if (lead == 0xED && bytes[i + 1] > 0x9F) return false;
    if (lead == 0xF0 && bytes[i + 1] < 0x90) return false;
    if (lead == 0xF4 && bytes[i + 1] > 0x8F) return false;
    i += length;
  }
  return true;
}

}  // namespace shomei::der
