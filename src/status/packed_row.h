// PackedRow: a standing in a few bytes. Last days and partitions are few and shared by many certificates, so
// that a row names them by their place in a dictionary.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "status/standing.h"

namespace shomei::status {

inline constexpr std::uint8_t kNoReason = 0xFF;

struct PackedRow {
  State state = State::valid;
  std::uint8_t reason = kNoReason;  // CRLReason (RFC 5280 5.3.1)
  std::uint32_t last_day = 0;       // in the dictionary of last moments
  std::uint32_t partition = 0;      // in that of partitions
  Instant changed_at{};             // of suspension or revocation
  bool operator==(const PackedRow&) const = default;
};

// Values in the order of their first use. A place never changes, so that tables made earlier stay true.
template <class T>
class Dictionary {
 public:
  std::uint32_t place_of(const T& value) {
    const auto [at, added] = places_.try_emplace(value, static_cast<std::uint32_t>(values_.size()));
    if (added) values_.push_back(value);
    return at->second;
  }
  const T& operator[](std::uint32_t place) const { return values_[place]; }
  std::size_t size() const { return values_.size(); }
  const std::vector<T>& values() const { return values_; }

 private:
  std::vector<T> values_;
  std::map<T, std::uint32_t> places_;
};

}  // namespace shomei::status
