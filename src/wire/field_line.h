// One line of a header or trailer section (RFC 9112 5): strict, for both.
#pragma once

#include "wire/characters.h"
#include "wire/request.h"

namespace shomei::wire {

// What reading a part of a request ends with; a number above is a status to refuse it with.
inline constexpr int kRead = 0;
inline constexpr int kMore = -1;

struct Cursor {
  const char* at;
  const char* end;
  bool ended() const { return at == end; }
};

// CR LF, and nothing that resembles it.
inline int read_line_end(Cursor& c) {
  if (c.ended()) return kMore;
  if (*c.at != '\r') return 400;
  if (c.at + 1 == c.end) return kMore;
  if (c.at[1] != '\n') return 400;
  c.at += 2;
  return kRead;
}

inline std::string_view read_while(Cursor& c, CharacterClass wanted) {
  const char* const begin = c.at;
  const char* at = begin;
  while (at != c.end && is(wanted, *at)) ++at;
  c.at = at;
  return {begin, static_cast<std::size_t>(at - begin)};
}

inline int read_field(Cursor& c, FieldView& field) {
  field.name = read_while(c, kToken);
  if (c.ended()) return kMore;
  if (field.name.empty() || *c.at != ':') return 400;
  ++c.at;
  while (!c.ended() && (*c.at == ' ' || *c.at == '\t')) ++c.at;
  std::string_view value = read_while(c, kValue);
  while (!value.empty() && (value.back() == ' ' || value.back() == '\t')) value.remove_suffix(1);
  field.value = value;
  return read_line_end(c);
}

}  // namespace shomei::wire
