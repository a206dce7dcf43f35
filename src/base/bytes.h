// Bytes and their two printed forms, hexadecimal and base64 (RFC 4648 section 4, with padding).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace shomei {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;  // borrowed: valid as long as what it was made from

template <std::size_t N>
using ByteArray = std::array<std::uint8_t, N>;

Bytes to_bytes(std::string_view text);
std::string to_text(ByteView bytes);
inline Bytes to_bytes(ByteView view) {
  return Bytes(view.begin(), view.end());
}
inline ByteView view(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

void append(Bytes& to, ByteView more);
Bytes concatenate(std::initializer_list<ByteView> parts);
bool equal(ByteView a, ByteView b);
bool starts_with(ByteView bytes, ByteView prefix);

std::string to_hex(ByteView bytes);        // lower case
std::string to_hex_upper(ByteView bytes);  // upper case
// Either case, even length, nothing else; malformed "hex_form".
Result<Bytes> from_hex(std::string_view text);

std::string to_base64(ByteView bytes);
// Padding required, no white space; malformed "base64_form".
Result<Bytes> from_base64(std::string_view text);

// Big-endian integers, as card, DER lengths and formats write them.
void append_u16(Bytes& to, std::uint16_t value);
void append_u32(Bytes& to, std::uint32_t value);
void append_u64(Bytes& to, std::uint64_t value);

}  // namespace shomei
