#include "der/writer.h"

#include <algorithm>

#include "base/check.h"
#include "der/header.h"

namespace shomei::der {
namespace {

template <class Members>
Bytes wrap(Tag tag, const Members& members) {
  std::size_t size = 0;
  for (const auto& m : members) size += m.size();
  Bytes out = header(tag, size);
  out.reserve(out.size() + size);
  for (const auto& m : members) append(out, m);
  return out;
}

}  // namespace

Bytes header(Tag tag, std::size_t content_bytes) {
  if (content_bytes < 0x80) return {tag, static_cast<std::uint8_t>(content_bytes)};
  int bytes = 1;
  while (bytes < 8 && content_bytes >> (8 * bytes)) ++bytes;
  Bytes out{tag, static_cast<std::uint8_t>(0x80 | bytes)};
  for (int i = bytes - 1; i >= 0; --i) out.push_back(static_cast<std::uint8_t>(content_bytes >> (8 * i)));
  return out;
}

Bytes encode(Tag tag, ByteView content) {
  return wrap(tag, std::initializer_list<ByteView>{content});
}

Bytes boolean(bool value) {
  return {kBoolean, 1, static_cast<std::uint8_t>(value ? 0xFF : 0x00)};
}

Bytes integer(std::int64_t value) {
  Bytes content;
  for (int i = 7; i >= 0; --i) content.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  // Shortest two's complement: drop a leading byte while it only repeats the sign of the next.
  auto first = content.begin();
  while (first + 1 != content.end() &&
         ((*first == 0x00 && !(first[1] & 0x80)) || (*first == 0xFF && (first[1] & 0x80))))
    ++first;
  return encode(kInteger, ByteView(first, content.end()));
}

Bytes integer_of_magnitude(ByteView magnitude, Tag tag) {
  while (!magnitude.empty() && magnitude.front() == 0) magnitude = magnitude.subspan(1);
  Bytes content;
  if (magnitude.empty() || (magnitude.front() & 0x80)) content.push_back(0);
  append(content, magnitude);
  return encode(tag, content);
}

Bytes enumerated(std::uint8_t value) {
  SHOMEI_INVARIANT(value < 0x80);
  return {kEnumerated, 1, value};
}

Bytes bit_string(ByteView bytes) {
  const Bytes no_unused_bits{0};
  return wrap(kBitString, std::initializer_list<ByteView>{no_unused_bits, bytes});
}

Bytes named_bits(std::initializer_list<unsigned> set, Tag tag) {
  Bytes bits;
  unsigned highest = 0;
  for (auto bit : set) {
    if (bits.size() <= bit / 8) bits.resize(bit / 8 + 1);
    bits[bit / 8] = static_cast<std::uint8_t>(bits[bit / 8] | 0x80 >> bit % 8);
    highest = std::max(highest, bit);
  }
  const Bytes unused{static_cast<std::uint8_t>(bits.empty() ? 0 : 7 - highest % 8)};
  return wrap(tag, std::initializer_list<ByteView>{unused, bits});
}

Bytes octet_string(ByteView bytes) {
  return encode(kOctetString, bytes);
}
Bytes null() {
  return {kNull, 0};
}
Bytes oid(const Oid& value) {
  return encode(kOid, value.content());
}
Bytes utf8_string(std::string_view text) {
  return encode(kUtf8String, view(text));
}
Bytes printable_string(std::string_view text) {
  return encode(kPrintableString, view(text));
}
Bytes ia5_string(std::string_view text, Tag tag) {
  return encode(tag, view(text));
}

Bytes sequence(std::initializer_list<ByteView> members) {
  return wrap(kSequence, members);
}
Bytes sequence(std::span<const Bytes> members) {
  return wrap(kSequence, members);
}
Bytes constructed(Tag tag, std::initializer_list<ByteView> members) {
  return wrap(tag, members);
}
Bytes constructed(Tag tag, std::span<const Bytes> members) {
  return wrap(tag, members);
}

Bytes set_of(std::vector<Bytes> members, Tag tag) {
  std::ranges::sort(members);
  return wrap(tag, members);
}

}  // namespace shomei::der
