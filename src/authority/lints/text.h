// The characters of UTF-8, one after the other, without memory of their own.
#pragma once

#include "base/bytes.h"

namespace shomei::authority::lints {

// The first character of a text that is not empty; the text moves behind it. What is not UTF-8 gives some
// character and an end all the same: der_strings.cc finds it.
inline char32_t take_character(ByteView& text) {
  const std::uint8_t lead = text[0];
  const std::size_t length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  char32_t c = length == 1 ? lead : lead & (0xFF >> (length + 1));
  std::size_t at = 1;
  while (at < length && at < text.size() && (text[at] & 0xC0) == 0x80) c = c << 6 | (text[at++] & 0x3F);
  text = text.subspan(at);
  return c;
}

inline std::size_t characters(ByteView text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) take_character(text);
  return count;
}

}  // namespace shomei::authority::lints
