#include "filter/build_retrieval.h"

#include <algorithm>
#include <bit>
#include <optional>

#include "base/check.h"

namespace shomei::filter {
namespace {

constexpr std::uint64_t kKeysMax = std::uint64_t{1} << 31;
// Room beyond the keys: at first a hundredth, and a five-hundredth more each time that it was too little. The
// window of 256 wants 1.2 % for a million keys and 1.6 % for four; too little shows early, and costs little.
constexpr std::uint64_t kFirstRoom = 100, kMoreRoom = 512, kRoomMin = 64;

struct Equation {
  Mask mask{};  // of the slots from the equation's own on, whose bit is one; all zero where there is none
  std::uint32_t value = 0;
};

std::uint64_t rounded_up(std::uint64_t slots) {
  return (slots + 63) / 64 * 64;
}

unsigned lowest_bit(const Mask& mask) {  // kWindow where there is none
  unsigned zeros = 0;
  for (const auto word : mask) {
    if (word != 0) return zeros + static_cast<unsigned>(std::countr_zero(word));
    zeros += 64;
  }
  return zeros;
}

void shift_down(Mask& mask, unsigned count) {
  const unsigned words = count / 64, bits = count % 64;
  for (unsigned w = 0; w < mask.size(); ++w) {
    const std::uint64_t low = w + words < mask.size() ? mask[w + words] : 0;
    const std::uint64_t high = w + words + 1 < mask.size() ? mask[w + words + 1] : 0;
    mask[w] = bits == 0 ? low : low >> bits | high << (64 - bits);
  }
}

void shift_up_one(Mask& mask) {
  for (std::size_t w = mask.size() - 1; w > 0; --w) mask[w] = mask[w] << 1 | mask[w - 1] >> 63;
  mask[0] <<= 1;
}

bool parity(const Mask& a, const Mask& b) {
  std::uint64_t sum = 0;
  for (unsigned w = 0; w < a.size(); ++w) sum ^= a[w] & b[w];
  return std::popcount(sum) % 2 == 1;
}

// Gaussian elimination within the band: each slot has at most one equation whose first unknown it is. False:
// the equation contradicts others, which happens where more meet than the window is wide.
bool take_in(std::vector<Equation>& equations, std::uint32_t slot, Equation equation) {
  while (true) {
    auto& there = equations[slot];
    if (there.mask[0] == 0) {
      there = equation;
      return true;
    }
    for (unsigned w = 0; w < there.mask.size(); ++w) equation.mask[w] ^= there.mask[w];
    equation.value ^= there.value;
    const unsigned zeros = lowest_bit(equation.mask);
    if (zeros == kWindow) return equation.value == 0;
    shift_down(equation.mask, zeros);
    slot += zeros;
  }
}

// From the last slot to the first: what follows is known. A slot without an equation is zero.
std::vector<std::uint64_t> solve(const std::vector<Equation>& equations, const Shape& shape) {
  std::vector<std::uint64_t> words(shape.words());
  std::vector<Mask> windows(shape.columns);
  for (std::uint64_t slot = shape.slots; slot-- > 0;) {
    const auto& equation = equations[slot];
    for (unsigned column = 0; column < shape.columns; ++column) {
      auto& window = windows[column];
      shift_up_one(window);
      const bool bit = equation.mask[0] != 0 &&
                       parity(equation.mask, window) != static_cast<bool>(equation.value >> column & 1);
      window[0] |= std::uint64_t{bit};
      words[slot / 64 * shape.columns + column] |= std::uint64_t{bit} << slot % 64;
    }
  }
  return words;
}

std::optional<Retrieval> build_once(std::span<const Key> keys, const Shape& shape, const ValueOf& value_of) {
  std::vector<Equation> equations(shape.slots);
  for (std::size_t i = 0; i < keys.size(); ++i)
    if (!take_in(equations, start_of(keys[i], shape.slots),
                 {mask_of(keys[i], shape.seed), value_of(i, shape)}))
      return std::nullopt;
  return Retrieval(shape, solve(equations, shape));
}

}  // namespace

Retrieval build_retrieval(std::span<const Key> keys, unsigned columns, std::uint32_t seed,
                          const ValueOf& value_of) {
  SHOMEI_INVARIANT(columns >= 1 && columns <= kColumnsMax && keys.size() <= kKeysMax);
  SHOMEI_INVARIANT(std::ranges::adjacent_find(keys, std::greater_equal<>{}) == keys.end());
  const std::uint64_t first = keys.size() + keys.size() / kFirstRoom + kRoomMin;
  std::uint64_t slots = std::max<std::uint64_t>(kWindow, rounded_up(first));
  while (true) {
    const Shape shape{columns, static_cast<std::uint32_t>(slots), seed++};
    if (auto built = build_once(keys, shape, value_of)) return *std::move(built);
    slots += rounded_up(keys.size() / kMoreRoom + 1);
    SHOMEI_INVARIANT(slots < 2 * first + 64 * kWindow);  // there is room for anything long before
  }
}

}  // namespace shomei::filter
