// What several measurements of one thing say together.
#pragma once

#include <algorithm>
#include <vector>

namespace shomei::app {

struct Spread {
  double median = 0, min = 0, max = 0;
};

// All zero of none.
inline Spread spread_of(std::vector<double> values) {
  if (values.empty()) return {};
  std::ranges::sort(values);
  return {values[values.size() / 2], values.front(), values.back()};
}

// The value below which that part (0 to 1) of the values lies; 0 of none. They are sorted.
inline double value_at(const std::vector<double>& sorted, double part) {
  if (sorted.empty()) return 0;
  return sorted[static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1))];
}

}  // namespace shomei::app
