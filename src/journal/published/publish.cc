#include "journal/published/publish.h"

#include "journal/published/entry_bundle.h"

namespace shomei::journal {
namespace {

constexpr std::size_t kHashBytes = 32;

Result<Bytes> hashes(Rows& rows, const TilePath& path) {
  SHOMEI_TRY(auto tile, rows.tile(path.level, path.index));
  if (!tile || tile->size() < path.width * kHashBytes)
    return internal("journal_tile_short",
                    {{"level", std::to_string(path.level)}, {"index", std::to_string(path.index)}});
  tile->resize(path.width * kHashBytes);
  return *std::move(tile);
}

Result<Bytes> bundle(Rows& rows, const TilePath& path) {
  std::vector<Bytes> entries;
  const auto first = path.index * kTileWidth;
  SHOMEI_CHECK(rows.each_entry(first, {false, false, false}, [&](const StoredEntry& stored) {
    if (entries.size() < path.width) entries.push_back(encode_entry(stored.entry));
    return entries.size() < path.width;
  }));
  if (entries.size() < path.width)
    return internal("journal_entry_missing", {{"sequence", std::to_string(first + entries.size())}});
  return encode_bundle(entries);
}

}  // namespace

Result<Bytes> published_tile(Rows& rows, std::uint64_t size, const TilePath& path) {
  if (path.width > width_at(size, path.level, path.index))
    return not_found("tile_beyond_checkpoint",
                     {{"path", encode_tile_path(path)}, {"size", std::to_string(size)}}, "C2SP tlog-tiles");
  return path.kind == TileKind::entries ? bundle(rows, path) : hashes(rows, path);
}

}  // namespace shomei::journal
