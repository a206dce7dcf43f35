// The words by which enumerators are known outside (facts files, answers, settings), as one table each.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "base/check.h"

namespace shomei::rules {

template <class E, std::size_t N>
using Words = std::array<std::pair<E, std::string_view>, N>;

template <class E, std::size_t N>
constexpr std::string_view word_of(const Words<E, N>& words, E value) {
  for (const auto& [enumerator, word] : words)
    if (enumerator == value) return word;
  SHOMEI_INVARIANT(false);
}

template <class E, std::size_t N>
constexpr std::optional<E> find_word(const Words<E, N>& words, std::string_view text) {
  for (const auto& [enumerator, word] : words)
    if (word == text) return enumerator;
  return std::nullopt;
}

}  // namespace shomei::rules
