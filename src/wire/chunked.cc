#include "wire/chunked.h"

#include "wire/field_line.h"

namespace shomei::wire {
namespace {

constexpr std::size_t kSizeDigitsMax = 8;
constexpr std::size_t kFramingBytesMax = 1024;  // beside as much again as the body may have
constexpr std::size_t kTrailersMax = 64;
constexpr std::size_t kLastChunkBytes = 5;  // "0", CR LF, CR LF

int value_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

int read_size_line(Cursor& c, std::size_t& size) {
  std::size_t digits = 0;
  for (size = 0; !c.ended() && value_of(*c.at) >= 0; ++c.at) {
    if (++digits > kSizeDigitsMax) return 413;
    size = size * 16 + static_cast<std::size_t>(value_of(*c.at));
  }
  if (c.ended()) return kMore;
  if (digits == 0) return 400;
  if (*c.at == ';') read_while(c, kValue);
  return read_line_end(c);
}

int read_trailers(Cursor& c) {
  for (std::size_t count = 0; count <= kTrailersMax; ++count) {
    if (c.ended()) return kMore;
    if (*c.at == '\r') return read_line_end(c);
    FieldView thrown_away;
    if (const int status = read_field(c, thrown_away); status != kRead) return status;
  }
  return 400;
}

// `wanted` counts from the cursor's place: data, and what must come behind it.
int read_chunk(Cursor& c, std::size_t body_bytes_max, std::string& body, bool& last, std::size_t& wanted) {
  std::size_t size = 0;
  if (const int status = read_size_line(c, size); status != kRead) return status;
  last = size == 0;
  if (last) return read_trailers(c);
  if (size > body_bytes_max - body.size()) return 413;
  const auto here = static_cast<std::size_t>(c.end - c.at);
  if (here < size + 2) {
    wanted = size + 2 + kLastChunkBytes;
    return kMore;
  }
  body.append(c.at, size);
  c.at += size;
  return read_line_end(c);
}

}  // namespace

std::size_t chunked_bytes_max(std::size_t body_bytes_max) {
  return 2 * body_bytes_max + kFramingBytesMax;
}

Unchunked read_chunks(std::string_view bytes, std::size_t body_bytes_max, std::string& body) {
  const std::size_t bytes_max = chunked_bytes_max(body_bytes_max);
  const std::string_view looked_at = bytes.substr(0, bytes_max);
  Cursor c{looked_at.data(), looked_at.data() + looked_at.size()};
  body.clear();
  for (bool last = false; !last;) {
    std::size_t wanted = 0;
    const int status = read_chunk(c, body_bytes_max, body, last, wanted);
    const auto at = static_cast<std::size_t>(c.at - looked_at.data());
    if (status == kMore && (looked_at.size() == bytes_max || at + wanted > bytes_max)) return {.status = 413};
    if (status == kMore) return {.wanted = wanted == 0 ? 0 : at + wanted};
    if (status != kRead) return {.status = status};
  }
  return {.used = static_cast<std::size_t>(c.at - looked_at.data()), .whole = true};
}

}  // namespace shomei::wire
