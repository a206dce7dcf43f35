// Reads what somebody has published of a journal, from wherever the function gets it (a folder, a web
// server). Nothing that comes from there is believed.
#pragma once

#include <functional>
#include <string>

#include "base/bytes.h"
#include "journal/checkpoint.h"
#include "journal/published/tile_path.h"
#include "journal/tiles.h"

namespace shomei::journal {

// The content of "checkpoint" or "tile/0/000": at most bytes_max. not_found (any code) where there is none;
// other errors end what reads.
using PublishedFiles = std::function<Result<Bytes>(const std::string& path, std::size_t bytes_max)>;

// Exactly `path.width` hashes or a bundle's bytes. A partial tile may have given way to the full one, as the
// specification allows: it is then cut off. malformed "tile_form" {path}; not_found "published_file_missing"
// {path}.
Result<Bytes> read_tile(const PublishedFiles& files, const TilePath& path);
Result<std::string> read_checkpoint(const PublishedFiles& files);

// The hashes of a tree of that size, for proofs.
TileReader published_tiles(PublishedFiles files, std::uint64_t size);

}  // namespace shomei::journal
