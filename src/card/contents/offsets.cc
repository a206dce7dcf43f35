#include "card/contents/offsets.h"

#include <algorithm>

namespace shomei::card::contents {
namespace {

Bytes table_of(std::span<const Bytes> fields, std::size_t first) {
  Bytes table;
  for (const auto& field : fields) {
    append_u16(table, static_cast<std::uint16_t>(first));
    first += field.size();
  }
  return table;
}

}  // namespace

Bytes encode_with_offsets(Tag outer, Tag table, std::span<const Bytes> fields, Offsets offsets) {
  Bytes content;
  for (const auto& field : fields) append(content, field);
  if (offsets == Offsets::absent) return encode_object(outer, content);
  const std::size_t table_bytes = encode_object(table, table_of(fields, 0)).size();
  const Bytes place(table_bytes + content.size());
  const std::size_t header_bytes =
      offsets == Offsets::of_value ? 0 : encode_object(outer, place).size() - place.size();
  const Bytes value =
      concatenate({encode_object(table, table_of(fields, header_bytes + table_bytes)), content});
  return encode_object(outer, value);
}

Offsets check_offsets(const Fields& fields, Tag table) {
  const auto told = fields.find(table);
  if (!told) return Offsets::absent;
  Bytes of_file;
  Bytes of_value;
  for (const auto& object : fields.all()) {
    if (object.tag == table) continue;
    append_u16(of_file, static_cast<std::uint16_t>(fields.offset_in_file(object)));
    append_u16(of_value, static_cast<std::uint16_t>(fields.offset_in_value(object)));
  }
  if (equal(told->value, of_file)) return Offsets::of_file;
  return equal(told->value, of_value) ? Offsets::of_value : Offsets::wrong;
}

}  // namespace shomei::card::contents
