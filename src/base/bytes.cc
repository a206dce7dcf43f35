#include "base/bytes.h"

#include <algorithm>

namespace shomei {
namespace {

constexpr std::string_view kHexLower = "0123456789abcdef";
constexpr std::string_view kHexUpper = "0123456789ABCDEF";
constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string hex(ByteView bytes, std::string_view digits) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (auto b : bytes) {
    text += digits[b >> 4];
    text += digits[b & 15];
  }
  return text;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

template <class Unsigned>
void append_big_endian(Bytes& to, Unsigned value) {
  for (int shift = static_cast<int>(sizeof(Unsigned)) * 8 - 8; shift >= 0; shift -= 8)
    to.push_back(static_cast<std::uint8_t>(value >> shift));
}

}  // namespace

Bytes to_bytes(std::string_view text) {
  return Bytes(text.begin(), text.end());
}
std::string to_text(ByteView bytes) {
  return std::string(bytes.begin(), bytes.end());
}

void append(Bytes& to, ByteView more) {
  to.insert(to.end(), more.begin(), more.end());
}

Bytes concatenate(std::initializer_list<ByteView> parts) {
  std::size_t size = 0;
  for (auto part : parts) size += part.size();
  Bytes all;
  all.reserve(size);
  for (auto part : parts) append(all, part);
  return all;
}

bool equal(ByteView a, ByteView b) {
  return std::ranges::equal(a, b);
}

bool starts_with(ByteView bytes, ByteView prefix) {
  return bytes.size() >= prefix.size() && equal(bytes.first(prefix.size()), prefix);
}

std::string to_hex(ByteView bytes) {
  return hex(bytes, kHexLower);
}
std::string to_hex_upper(ByteView bytes) {
  return hex(bytes, kHexUpper);
}

Result<Bytes> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return malformed("hex_form", {{"text", std::string(text)}});
  Bytes bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    int high = hex_digit(text[i]);
    int low = hex_digit(text[i + 1]);
    if (high < 0 || low < 0) return malformed("hex_form", {{"text", std::string(text)}});
    bytes.push_back(static_cast<std::uint8_t>(high * 16 + low));
  }
  return bytes;
}

std::string to_base64(ByteView bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    const std::size_t here = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t k = 0; k < 3; ++k) group = group << 8 | (k < here ? bytes[i + k] : 0U);
    for (std::size_t k = 0; k < 4; ++k) text += k <= here ? kBase64[group >> (18 - 6 * k) & 63] : '=';
  }
  return text;
}

Result<Bytes> from_base64(std::string_view text) {
  const auto bad = [] { return malformed("base64_form", {}, "RFC 4648 section 4"); };
  if (text.size() % 4 != 0) return bad();
  Bytes bytes;
  for (std::size_t i = 0; i < text.size(); i += 4) {
    const bool last = i + 4 == text.size();
    const std::size_t padding = !last ? 0 : text[i + 2] == '=' ? 2 : text[i + 3] == '=' ? 1 : 0;
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      const auto digit = kBase64.find(text[i + k]);
      if (k >= 4 - padding ? text[i + k] != '=' : digit == std::string_view::npos) return bad();
      group = group << 6 | (k >= 4 - padding ? 0U : static_cast<std::uint32_t>(digit));
    }
    for (std::size_t k = 0; k < 3 - padding; ++k)
      bytes.push_back(static_cast<std::uint8_t>(group >> (16 - 8 * k)));
    // The bits that padding leaves over must be zero, or two texts would name the same bytes.
    if ((padding == 1 && (group & 0xFF)) || (padding == 2 && (group & 0xFFFF))) return bad();
  }
  return bytes;
}

void append_u16(Bytes& to, std::uint16_t value) {
  append_big_endian(to, value);
}
void append_u32(Bytes& to, std::uint32_t value) {
  append_big_endian(to, value);
}
void append_u64(Bytes& to, std::uint64_t value) {
  append_big_endian(to, value);
}

}  // namespace shomei
