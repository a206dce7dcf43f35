// Source: the port through which what a filter is made of comes: every certificate that was issued, and how
// it stands. Whoever has the list of states connects it.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "base/result.h"
#include "filter/authority.h"
#include "pki/serial_number.h"

namespace shomei::filter {

class Source {
 public:
  using Visit = std::function<void(std::size_t authority, const pki::SerialNumber& serial, bool revoked)>;

  virtual ~Source() = default;
  // In an order that stays: a later filter or delta has the new ones at the end.
  virtual std::vector<Authority> authorities() const = 0;
  // Visits every certificate that was issued up to one checkpoint once, in any order: `authority` is the
  // place in authorities(), `revoked` whether it was revoked or suspended then. It is walked several times
  // and visits the same each time; what changes between two walks is found.
  virtual Result<void> each(const Visit& visit) = 0;
};

}  // namespace shomei::filter
