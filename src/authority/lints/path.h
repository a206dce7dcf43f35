// Path: goes down and along DER values without judging their form (that is what der_*.cc do), for lints that
// compare what stands where. Where another value stands than the one asked for, everything from there on is
// empty and end() is false. Borrows the bytes.
#pragma once

#include <optional>
#include <string_view>

#include "der/reader.h"

namespace shomei::authority::lints {

// The value in front of `rest`, any length form allowed; `rest` moves behind it. None when it is cut off, has
// a tag of several bytes or an indefinite length.
struct Taken {
  der::Value value;
  bool shortest = true;  // the length is in its shortest form
};
std::optional<Taken> take_value(ByteView& rest);

class Path {
 public:
  explicit Path(ByteView bytes) : rest_(bytes) {}

  Path in(der::Tag tag);         // into the next value
  ByteView take(der::Tag tag);   // the content of the next value
  ByteView whole(der::Tag tag);  // the next value with its tag and length
  std::optional<der::Value> any();
  bool next_is(der::Tag tag) const { return !lost_ && !rest_.empty() && rest_.front() == tag; }
  bool has_more() const { return !lost_ && !rest_.empty(); }
  bool end() const { return !lost_ && rest_.empty(); }

 private:
  ByteView rest_;
  bool lost_ = false;
};

inline bool is(ByteView content, const der::Oid& oid) {
  return equal(content, oid.content());
}
inline std::string_view text_of(ByteView content) {
  return {reinterpret_cast<const char*>(content.data()), content.size()};
}
inline bool is(ByteView content, std::string_view text) {
  return text_of(content) == text;
}

}  // namespace shomei::authority::lints
