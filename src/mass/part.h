// Part: what one entry of a mass act has done: the certificates of the list from one place to another, and
// which of them had moved on by then.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/result.h"
#include "journal/part.h"

namespace shomei::mass {

struct PassedOver {
  std::uint64_t place = 0;  // on the list, from 0
  std::string why;          // the state that it was in, or "unknown"
  bool operator==(const PassedOver&) const = default;
};

struct Part {
  std::uint64_t number = 0;   // 1, 2, …
  std::uint64_t from = 0;     // the place on the list at which it begins
  std::uint64_t through = 0;  // and at which the next begins
  std::vector<PassedOver> passed_over;
  std::chrono::milliseconds worked{};  // since the part before, while it was being carried out
  std::uint64_t done() const { return through - from - passed_over.size(); }
  bool operator==(const Part&) const = default;
};

std::string encode_part(const Part& part);
Result<Part> parse_part(std::string_view json);  // internal "mass_record_broken" {what}

}  // namespace shomei::mass
