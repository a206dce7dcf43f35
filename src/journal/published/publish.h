// What the store publishes of its journal: the bytes of each published file, made from the rows. Nothing of
// the parts is in them.
#pragma once

#include "base/bytes.h"
#include "journal/published/tile_path.h"
#include "journal/rows.h"

namespace shomei::journal {

// The hashes or the bundle of that name, for a journal of `size` entries. not_found "tile_beyond_checkpoint"
// {path, size}; internal "journal_tile_short", "journal_entry_missing".
Result<Bytes> published_tile(Rows& rows, std::uint64_t size, const TilePath& path);

}  // namespace shomei::journal
