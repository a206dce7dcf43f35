// Retrieval: a map from known keys to values of a few bits that keeps the values and not the keys. Asked for
// a key that it was built from it answers that key's value, always; asked for another, some value.
//
// A key has a slot where it starts and a mask of 256 bits; a bit of its value is the parity of the mask and
// the 256 slots from there on. What the slots must be is a banded system of linear equations over GF(2),
// solved when the map is built: a ribbon map (Dillinger, Walzer, "Ribbon filter: practically smaller than
// Bloom and Xor", 2021).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "filter/cursor.h"
#include "filter/key.h"

namespace shomei::filter {

inline constexpr unsigned kWindow = 256;     // slots that a key looks at
inline constexpr unsigned kColumnsMax = 32;  // bits of a value

struct Shape {
  unsigned columns = 0;     // bits of a value; 0: there is no map
  std::uint32_t slots = 0;  // a multiple of 64, at least kWindow; 0 where there is no map
  std::uint32_t seed = 0;
  std::uint64_t words() const { return std::uint64_t{slots} / 64 * columns; }
  bool operator==(const Shape&) const = default;
};

using Mask = std::array<std::uint64_t, kWindow / 64>;  // bit i of word w: slot 64 w + i from the start

std::uint32_t start_of(const Key& key, std::uint32_t slots);
Mask mask_of(const Key& key, std::uint32_t seed);  // its first bit is one
// What the first map of a section has as the value of a key: the lowest `columns` bits of a mixture of it.
std::uint32_t fingerprint_of(const Key& key, const Shape& shape);

class Retrieval {
 public:
  Retrieval() = default;
  // Word (s / 64) * columns + c has of column c the slots from s on, the first in its lowest bit.
  Retrieval(const Shape& shape, std::vector<std::uint64_t> words);
  const Shape& shape() const { return shape_; }

  std::uint32_t value(const Key& key) const;
  bool matches(
      const Key& key) const;  // whether the value is the key's fingerprint; true where there is no map

  void append_words(Bytes& to) const;

 private:
  bool bit(const Mask& mask, std::uint32_t start, unsigned column) const;
  Shape shape_;
  std::vector<std::uint64_t> words_;
};

void append_shape(Bytes& to, const Shape& shape);
Result<Shape> take_shape(Cursor& cursor);  // columns at most kColumnsMax, slots as they must be
Result<Retrieval> take_retrieval(Cursor& cursor, const Shape& shape);

}  // namespace shomei::filter
