// The two kinds of store of a StatusList: a base of tables that never change, and layers of what came since.
#pragma once

#include <cstring>
#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

#include "pki/serial_number.h"
#include "status/serial_table.h"

namespace shomei::status {

// A serial number without memory of its own: its length and, from the right, its bytes.
class SerialKey {
 public:
  explicit SerialKey(ByteView magnitude) : bytes_{} {
    bytes_[0] = static_cast<std::uint8_t>(magnitude.size());
    if (!magnitude.empty()) std::memcpy(bytes_.data() + first(), magnitude.data(), magnitude.size());
  }
  ByteView magnitude() const { return ByteView(bytes_).subspan(first()); }
  auto operator<=>(const SerialKey&) const = default;  // shorter ones first, then as numbers
  struct Hash {
    std::size_t operator()(const SerialKey& key) const {
      const ByteView number = key.magnitude();
      return std::hash<std::string_view>{}({reinterpret_cast<const char*>(number.data()), number.size()});
    }
  };

 private:
  std::size_t first() const { return 1 + kSerialWidthMax - bytes_[0]; }
  ByteArray<1 + kSerialWidthMax> bytes_;
};

using Layer = std::unordered_map<SerialKey, PackedRow, SerialKey::Hash>;  // of one authority
using Layers = std::vector<Layer>;                                        // by its place

struct Base {
  std::vector<SerialTable> tables;  // by authority, then by width

  const SerialTable* table(std::size_t authority, std::size_t width) const;
  std::optional<PackedRow> find(std::size_t authority, ByteView magnitude) const;
  std::size_t count() const;
  std::size_t bytes() const;
};

std::size_t count(const Layers& layers);

// The base with the rows of the layers put over its own; of dictionaries with so many values.
std::shared_ptr<const Base> merge(const Base& base, const Layers& over, std::size_t last_days,
                                  std::size_t partitions);

}  // namespace shomei::status
