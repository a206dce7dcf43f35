// Reader: walks over DER bytes that it borrows, value by value, and refuses everything that is not DER.
// Each take_* returns the value in front and moves on; when it fails nothing has moved.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "der/oid.h"
#include "der/tag.h"

namespace shomei::der {

struct Value {
  Tag tag = 0;
  ByteView content;  // without tag and length
  ByteView whole;    // with them
};

class Reader {
 public:
  explicit Reader(ByteView bytes) : rest_(bytes) {}

  bool done() const { return rest_.empty(); }
  std::optional<Tag> peek() const;  // none at the end
  ByteView rest() const { return rest_; }

  // All errors are malformed "der_form" with the parameter `what` naming the broken demand.
  Result<Value> take();
  Result<Value> take(Tag tag);
  Result<std::optional<Value>> take_if(Tag tag);
  Result<Reader> enter(Tag tag);     // a constructed value: a reader over its members
  Result<void> expect_done() const;  // nothing may follow

  Result<bool> take_boolean();          // FF or 00 only
  Result<std::int64_t> take_integer();  // at most 8 bytes, shortest form
  Result<ByteView> take_magnitude(
      Tag tag = kInteger);                 // a non-negative INTEGER without its sign byte; zero is one 00
  Result<std::uint8_t> take_enumerated();  // 0 to 127
  Result<ByteView> take_octet_string(Tag tag = kOctetString);
  Result<ByteView> take_bit_string();                           // a whole number of bytes
  Result<std::uint16_t> take_named_bits(Tag tag = kBitString);  // up to 16 bits, bit 0 is the highest: 0x8000
  Result<void> take_null();
  Result<Oid> take_oid();
  // UTF8String, PrintableString or IA5String, each checked for its alphabet.
  Result<std::string> take_string();

 private:
  ByteView rest_;
};

Result<Value> parse_single(ByteView bytes);  // one value and nothing after it
// The reader over the members of the one SEQUENCE that the bytes are.
Result<Reader> enter_single(ByteView bytes, Tag tag = kSequence);

bool is_utf8(ByteView bytes);  // well-formed, no surrogates, no overlong forms (RFC 3629)

}  // namespace shomei::der
