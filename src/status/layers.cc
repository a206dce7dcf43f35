#include "status/layers.h"

#include <algorithm>
#include <array>

namespace shomei::status {
namespace {

using Row = Layer::value_type;

// The rows of the layer by the length of their numbers, ascending.
std::array<std::vector<const Row*>, kSerialWidthMax + 1> sorted_by_width(const Layer& layer) {
  std::array<std::vector<const Row*>, kSerialWidthMax + 1> by_width;
  for (const auto& row : layer) by_width[row.first.magnitude().size()].push_back(&row);
  for (auto& rows : by_width)
    std::ranges::sort(rows, [](const Row* a, const Row* b) { return a->first < b->first; });
  return by_width;
}

SerialTable merge_table(const SerialTable* below, const std::vector<const Row*>& over,
                        SerialTableBuilder builder) {
  auto next = over.begin();
  if (below)
    below->each([&](ByteView number, const PackedRow& row) {
      const SerialKey key(number);
      for (; next != over.end() && (*next)->first < key; ++next)
        builder.add((*next)->first.magnitude(), (*next)->second);
      if (next != over.end() && (*next)->first == key)
        builder.add(number, (*next++)->second);
      else
        builder.add(number, row);
    });
  for (; next != over.end(); ++next) builder.add((*next)->first.magnitude(), (*next)->second);
  return std::move(builder).finish();
}

}  // namespace

const SerialTable* Base::table(std::size_t authority, std::size_t width) const {
  for (const auto& table : tables)
    if (table.shape().authority == authority && table.shape().width == width) return &table;
  return nullptr;
}

std::optional<PackedRow> Base::find(std::size_t authority, ByteView magnitude) const {
  const auto* in = table(authority, magnitude.size());
  return in ? in->find(magnitude) : std::nullopt;
}

std::size_t Base::count() const {
  std::size_t sum = 0;
  for (const auto& table : tables) sum += table.shape().count;
  return sum;
}

std::size_t Base::bytes() const {
  std::size_t sum = 0;
  for (const auto& table : tables) sum += table.body().size();
  return sum;
}

std::size_t count(const Layers& layers) {
  std::size_t sum = 0;
  for (const auto& layer : layers) sum += layer.size();
  return sum;
}

std::shared_ptr<const Base> merge(const Base& base, const Layers& over, std::size_t last_days,
                                  std::size_t partitions) {
  auto merged = std::make_shared<Base>();
  std::size_t authorities = over.size();
  for (const auto& table : base.tables)
    authorities = std::max<std::size_t>(authorities, table.shape().authority + 1);
  for (std::size_t authority = 0; authority < authorities; ++authority) {
    static const Layer kNothing;
    const auto by_width = sorted_by_width(authority < over.size() ? over[authority] : kNothing);
    for (std::uint32_t width = 1; width <= kSerialWidthMax; ++width) {
      const auto* below = base.table(authority, width);
      const auto& rows = by_width[width];
      if (!below && rows.empty()) continue;
      if (rows.empty()) {
        merged->tables.push_back(*below);
        continue;
      }
      const std::size_t most = (below ? below->shape().count : 0) + rows.size();
      merged->tables.push_back(merge_table(
          below, rows,
          SerialTableBuilder(static_cast<std::uint32_t>(authority), width, most, last_days, partitions)));
    }
  }
  return merged;
}

}  // namespace shomei::status
