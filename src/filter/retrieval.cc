#include "filter/retrieval.h"

#include <bit>

#include "base/check.h"

namespace shomei::filter {
namespace {

// The finalizer of SplitMix64 (Steele, Lea, Flood 2014) over a counter.
std::uint64_t mixed(const Key& key, std::uint32_t seed, unsigned number) {
  std::uint64_t z = key.low + (std::uint64_t{seed} * 8 + number) * 0x9e3779b97f4a7c15U;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
  z = (z ^ z >> 27) * 0x94d049bb133111ebU;
  return z ^ z >> 31;
}

}  // namespace

std::uint32_t start_of(const Key& key, std::uint32_t slots) {
  return static_cast<std::uint32_t>((key.high >> 32) * (std::uint64_t{slots} - kWindow + 1) >> 32);
}

Mask mask_of(const Key& key, std::uint32_t seed) {
  Mask mask;
  for (unsigned w = 0; w < mask.size(); ++w) mask[w] = mixed(key, seed, w + 1);
  mask[0] |= 1;
  return mask;
}

std::uint32_t fingerprint_of(const Key& key, const Shape& shape) {
  return static_cast<std::uint32_t>(mixed(key, shape.seed, 5) & ((std::uint64_t{1} << shape.columns) - 1));
}

Retrieval::Retrieval(const Shape& shape, std::vector<std::uint64_t> words)
    : shape_(shape), words_(std::move(words)) {
  SHOMEI_INVARIANT(words_.size() == shape_.words());
}

// Of the five words that a window can touch the last is read only where it is touched: the last window ends
// with the last word.
bool Retrieval::bit(const Mask& mask, std::uint32_t start, unsigned column) const {
  const std::uint64_t* word = words_.data() + std::uint64_t{start} / 64 * shape_.columns + column;
  const unsigned shift = start % 64;
  std::uint64_t sum = 0;
  for (const auto bits : mask) {
    std::uint64_t slots = *word >> shift;
    word += shape_.columns;
    if (shift != 0) slots |= *word << (64 - shift);
    sum ^= slots & bits;
  }
  return std::popcount(sum) % 2 == 1;
}

std::uint32_t Retrieval::value(const Key& key) const {
  if (shape_.columns == 0) return 0;
  const auto start = start_of(key, shape_.slots);
  const auto mask = mask_of(key, shape_.seed);
  std::uint32_t value = 0;
  for (unsigned column = 0; column < shape_.columns; ++column)
    value |= std::uint32_t{bit(mask, start, column)} << column;
  return value;
}

bool Retrieval::matches(const Key& key) const {
  if (shape_.columns == 0) return true;
  const auto start = start_of(key, shape_.slots);
  const auto mask = mask_of(key, shape_.seed);
  const auto fingerprint = fingerprint_of(key, shape_);
  for (unsigned column = 0; column < shape_.columns; ++column)
    if (bit(mask, start, column) != (fingerprint >> column & 1)) return false;
  return true;
}

void Retrieval::append_words(Bytes& to) const {
  for (const auto word : words_) append_u64(to, word);
}

void append_shape(Bytes& to, const Shape& shape) {
  to.push_back(static_cast<std::uint8_t>(shape.columns));
  append_u32(to, shape.slots);
  append_u32(to, shape.seed);
}

Result<Shape> take_shape(Cursor& cursor) {
  SHOMEI_TRY(const auto columns, cursor.take_number(1));
  SHOMEI_TRY(const auto slots, cursor.take_number(4));
  SHOMEI_TRY(const auto seed, cursor.take_number(4));
  if (columns > kColumnsMax) return bad_form("a value of a map has more than 32 bits");
  if (columns == 0 ? slots != 0 || seed != 0 : slots < kWindow || slots % 64 != 0)
    return bad_form("a map has no such number of slots");
  return Shape{static_cast<unsigned>(columns), static_cast<std::uint32_t>(slots),
               static_cast<std::uint32_t>(seed)};
}

Result<Retrieval> take_retrieval(Cursor& cursor, const Shape& shape) {
  SHOMEI_TRY(const auto bytes, cursor.take(shape.words() * 8));
  std::vector<std::uint64_t> words(shape.words());
  for (std::size_t i = 0; i < bytes.size(); ++i) words[i / 8] = words[i / 8] << 8 | bytes[i];
  return Retrieval(shape, std::move(words));
}

}  // namespace shomei::filter
