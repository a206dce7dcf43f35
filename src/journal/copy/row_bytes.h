// The bytes of a store's row by which rows of different engines are compared: every member that the row has,
// in the order of its type, so that no two rows have the same (docs/formats/backup.md).
#pragma once

#include "base/bytes.h"
#include "journal/contents.h"

namespace shomei::journal {

Bytes encode_row(const StoreRow& row);

}  // namespace shomei::journal
