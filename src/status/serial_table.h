// SerialTable: the states of all certificates of one authority whose serial numbers have the same length, in
// about ten bytes each. It is made once, sorted, and never changed; it lies in memory as it lies in a
// snapshot, so that a file can be looked into without being read first (docs/formats/status-snapshot.md has
// every byte).
//
// A directory over the first bits of the numbers says where those with the same first bits begin; what the
// place does not say of a number stands in `suffixes`. Numbers that are random are found in one step of the
// directory and a look at a few dozen neighbours at most; any others by halving.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "status/packed_row.h"

namespace shomei::status {

// What of a table is not in its body.
struct TableShape {
  std::uint32_t authority = 0;       // place in the list of authorities
  std::uint32_t width = 0;           // bytes of each number, without leading zeros; 1 to 20
  std::uint32_t directory_bits = 0;  // at most kDirectoryBitsMax and 8 * width
  std::uint32_t last_day_bytes = 2;  // 2 or 4
  std::uint32_t partition_bytes = 2;
  std::uint32_t count = 0;
  std::uint32_t changed = 0;  // suspended or revoked
  bool operator==(const TableShape&) const = default;
};

inline constexpr std::uint32_t kSerialWidthMax = 20;
inline constexpr std::uint32_t kDirectoryBitsMax = 28;

// Where the arrays lie in the body, each at a multiple of eight; none when the shape is not one.
struct TableLayout {
  std::size_t directory, bitmap, ranks, suffixes, last_days, partitions, changes, end;
  std::size_t suffix_bytes;
  static std::optional<TableLayout> of(const TableShape& shape);
};

class SerialTable {
 public:
  // Looks into `body`, which `owner` keeps. malformed "status_snapshot_form" {what}: unless every place in it
  // is within bounds, the dictionaries have so many values, and the numbers ascend.
  static Result<SerialTable> open(const TableShape& shape, ByteView body, std::shared_ptr<const void> owner,
                                  std::size_t last_days, std::size_t partitions);

  const TableShape& shape() const { return shape_; }
  ByteView body() const { return body_; }
  std::optional<PackedRow> find(ByteView magnitude) const;  // of this table's width
  // In ascending order.
  void each(const std::function<void(ByteView magnitude, const PackedRow&)>& each) const;

 private:
  friend class SerialTableBuilder;
  SerialTable() = default;
  std::uint32_t starts_at(std::size_t bucket) const;
  const std::uint8_t* suffix(std::size_t place) const {
    return body_.data() + at_.suffixes + place * at_.suffix_bytes;
  }
  std::optional<std::size_t> place_of(ByteView magnitude) const;
  std::uint64_t word(std::size_t index) const;
  std::uint32_t rank_before(std::size_t place) const;  // changed ones in front of it
  PackedRow row(std::size_t place) const;
  bool all_in_bucket(std::size_t bucket) const;
  Result<void> check(std::size_t last_days, std::size_t partitions) const;

  TableShape shape_;
  TableLayout at_{};
  ByteView body_;
  std::shared_ptr<const void> owner_;
};

class SerialTableBuilder {
 public:
  // `count_max` is at least how many will be added: the directory is made for so many.
  SerialTableBuilder(std::uint32_t authority, std::uint32_t width, std::size_t count_max,
                     std::size_t last_days, std::size_t partitions);
  // Ascending, each once.
  void add(ByteView magnitude, const PackedRow& row);
  SerialTable finish() &&;

 private:
  TableShape shape_;
  std::size_t suffix_bytes_;
  std::vector<std::uint32_t> directory_;
  Bytes suffixes_, last_days_, partitions_, changes_;
  std::vector<std::uint64_t> bitmap_;
};

}  // namespace shomei::status
