#include "filter/section.h"

namespace shomei::filter {

void append_count(Bytes& to, const Count& count) {
  append_u64(to, count.issued);
  append_u64(to, count.revoked);
}

Result<Count> take_count(Cursor& cursor) {
  Count count;
  SHOMEI_TRY(count.issued, cursor.take_number(8));
  SHOMEI_TRY(count.revoked, cursor.take_number(8));
  if (count.revoked > count.issued) return bad_form("more are revoked than were issued");
  return count;
}

bool Section::revoked(const Key& key) const {
  if (!has_maps(count)) return count.revoked != 0;
  return first.matches(key) && second.value(key) == 1;
}

bool has_maps(const Count& count) {
  return count.revoked != 0 && count.revoked != count.issued;
}

}  // namespace shomei::filter
