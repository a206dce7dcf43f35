// Any bytes as a status snapshot whose signature was believed: what is read stays within them, and what was
// read is the same for whoever looks twice.
#include <cstdlib>
#include <memory>

#include "status/snapshot.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = std::make_shared<const shomei::Bytes>(data, data + size);
  const auto snapshot = shomei::status::parse_snapshot(*file, file);
  if (!snapshot) return 0;
  for (const auto& table : snapshot->contents.base->tables)
    table.each([&](shomei::ByteView number, const shomei::status::PackedRow& row) {
      const auto found = table.find(number);
      if (!found || !(*found == row)) std::abort();
      if (row.last_day >= snapshot->contents.last_days.size() ||
          row.partition >= snapshot->contents.partitions.size())
        std::abort();
    });
  shomei::status::StatusList list;
  (void)list.take(snapshot->contents);
  return 0;
}
