// DerFaults: what in a stretch of bytes is not DER (X.690 10 and 11), found in one walk over every value, by
// another way than der::Reader. The lints der_*.cc each ask for one fault.
#pragma once

#include <bitset>

#include "base/bytes.h"
#include "der/tag.h"

namespace shomei::authority::lints {

enum class DerFault {
  header,      // a tag or length not in its one form, a value cut off, bytes left over, a type not used here
  integer,     // not the shortest form
  boolean,     // neither 00 nor FF
  default_on,  // a FALSE, which is the default wherever a BOOLEAN may stand, is written
  bit_string,  // the unused bits miscounted or not zero
  set_order,   // the members of a SET OF not in ascending order
  string,      // a character outside the type's alphabet
  oid,         // an arc cut off or not in its shortest form
};
inline constexpr std::size_t kDerFaults = 8;

class DerFaults {
 public:
  void look_at(ByteView values);  // one value after the other, and what is in them
  bool has(DerFault fault) const { return found_.test(static_cast<std::size_t>(fault)); }

 private:
  void look_inside(ByteView values, int depth);
  void look_at_content(der::Tag tag, ByteView content, int depth);
  void add(DerFault fault) { found_.set(static_cast<std::size_t>(fault)); }
  std::bitset<kDerFaults> found_;
};

}  // namespace shomei::authority::lints
