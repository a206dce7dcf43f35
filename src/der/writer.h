// Functions that write one DER value each and return its whole encoding: nesting calls is nesting values.
//   sequence({integer(1), oid(kSha256), octet_string(salt)})
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

#include "base/bytes.h"
#include "der/oid.h"
#include "der/tag.h"

namespace shomei::der {

Bytes encode(Tag tag, ByteView content);  // any value of which the content is known

Bytes boolean(bool value);
Bytes integer(std::int64_t value);
// A positive INTEGER from its big-endian magnitude (leading zeros are dropped, a sign byte is added if
// needed).
Bytes integer_of_magnitude(ByteView magnitude, Tag tag = kInteger);
Bytes enumerated(std::uint8_t value);
Bytes bit_string(ByteView bytes);  // a whole number of bytes
// Named bits (KeyUsage): trailing zero bits are left off, as X.690 11.2.2 wants. Bit 0 is the first.
Bytes named_bits(std::initializer_list<unsigned> set, Tag tag = kBitString);
Bytes octet_string(ByteView bytes);
Bytes null();
Bytes oid(const Oid& value);
Bytes utf8_string(std::string_view text);
Bytes printable_string(std::string_view text);
Bytes ia5_string(std::string_view text, Tag tag = kIa5String);

Bytes sequence(std::initializer_list<ByteView> members);
Bytes sequence(std::span<const Bytes> members);
Bytes constructed(Tag tag, std::initializer_list<ByteView> members);
Bytes constructed(Tag tag, std::span<const Bytes> members);
// SET OF: members in ascending order of their encodings (X.690 11.6).
Bytes set_of(std::vector<Bytes> members, Tag tag = kSet);

}  // namespace shomei::der
