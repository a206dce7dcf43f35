// The table of offsets at the beginning of a file with fields of several lengths. Of this folder alone.
#pragma once

#include <span>

#include "card/contents/attributes.h"
#include "card/contents/tlv.h"

namespace shomei::card::contents {

// The file: outer tag, table (unless absent), fields.
Bytes encode_with_offsets(Tag outer, Tag table, std::span<const Bytes> fields, Offsets offsets);
// What the table says about the fields that stand there.
Offsets check_offsets(const Fields& fields, Tag table);

}  // namespace shomei::card::contents
