#include "journal/published/read_published.h"

#include "journal/published/entry_bundle.h"

namespace shomei::journal {
namespace {

constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kBundleBytesMax = kTileWidth * (2 + kEntryBytesMax);
constexpr std::size_t kNoteBytesMax = 64 * 1024;

Error missing(const std::string& path) {
  return not_found("published_file_missing", {{"path", path}}, "C2SP tlog-tiles");
}

Error bad_tile(const TilePath& path) {
  return malformed("tile_form", {{"path", encode_tile_path(path)}}, "C2SP tlog-tiles");
}

// The first `count` entries of a bundle that has more.
Result<Bytes> cut_bundle(Bytes bundle, const TilePath& full, std::size_t count) {
  const auto entries = parse_bundle(bundle, full.width);
  if (!entries) return entries.error();
  const auto& last = (*entries)[count - 1];
  bundle.resize(static_cast<std::size_t>(last.data() + last.size() - bundle.data()));
  return bundle;
}

Result<Bytes> read_named(const PublishedFiles& files, const TilePath& path) {
  const bool entries = path.kind == TileKind::entries;
  const std::size_t bytes_max = entries ? kBundleBytesMax : path.width * kHashBytes;
  SHOMEI_TRY(auto content, files(encode_tile_path(path), bytes_max));
  if (!entries && content.size() != path.width * kHashBytes) return bad_tile(path);
  return content;
}

}  // namespace

Result<Bytes> read_tile(const PublishedFiles& files, const TilePath& path) {
  auto content = read_named(files, path);
  if (content || content.error().fault != Fault::not_found) return content;
  if (path.full()) return missing(encode_tile_path(path));
  TilePath full = path;
  full.width = kTileWidth;
  content = read_named(files, full);
  if (!content && content.error().fault == Fault::not_found) return missing(encode_tile_path(path));
  if (!content) return content;
  if (path.kind == TileKind::entries) return cut_bundle(*std::move(content), full, path.width);
  content->resize(path.width * kHashBytes);
  return content;
}

Result<std::string> read_checkpoint(const PublishedFiles& files) {
  const auto note = files(std::string(kCheckpointPath), kNoteBytesMax);
  if (note) return to_text(*note);
  if (note.error().fault == Fault::not_found) return missing(std::string(kCheckpointPath));
  return note.error();
}

TileReader published_tiles(PublishedFiles files, std::uint64_t size) {
  return [files = std::move(files), size](unsigned level, std::uint64_t index) -> Result<Bytes> {
    const TilePath path{TileKind::hashes, level, index, width_at(size, level, index)};
    if (path.width == 0) return missing(encode_tile_path({TileKind::hashes, level, index, kTileWidth}));
    return read_tile(files, path);
  };
}

}  // namespace shomei::journal
