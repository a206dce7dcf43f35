// PassTable: a table from fingerprints to small values that never takes more than the memory it is given.
// When it is full it keeps the lower half of the fingerprints it is about and forgets the others: they are
// for a later pass over the same data. For checks over a journal that is larger than the memory.
//   do { for each entry: if (table.has(key)) ... find(key), put(key, value) } while (table.next_pass());
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "base/bytes.h"

namespace shomei::journal {

class PassTable {
 public:
  // 128 bits of SHA-256: short, and two of them never meet.
  using Key = std::array<std::uint64_t, 2>;
  static Key fingerprint(ByteView first, ByteView second);

  explicit PassTable(std::size_t bytes_max);

  // Whether this pass is about the key. What has() was true of may become false when something is put.
  bool has(const Key& key) const { return key[0] >= first_ && key[0] <= last_; }
  // Null where nothing was put. Valid until the next put().
  std::uint64_t* find(const Key& key);
  void put(const Key& key, std::uint64_t value);  // a new key of this pass; the value is not 0

  std::size_t count(const std::function<bool(std::uint64_t value)>& wanted) const;
  // Empties the table for the keys behind those of this pass: false when there are none.
  bool next_pass();

 private:
  struct Slot {
    Key key{};
    std::uint64_t value = 0;  // 0: free
  };
  Slot& slot_of(const Key& key);
  void make_room();
  void rebuild(std::size_t slots);

  std::size_t slots_max_;
  std::vector<Slot> slots_;
  std::size_t size_ = 0;
  std::uint64_t first_ = 0, last_ = ~std::uint64_t{0};
};

}  // namespace shomei::journal
