#include "app/journal_files.h"

#include <memory>

#include "files/file.h"
#include "http/fetch.h"
#include "journal/published/publish.h"

namespace shomei::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kNoteBytesMax = 64 * 1024;
constexpr unsigned kLevels = 8;

Error unmakeable(const fs::path& folder, const std::error_code& error) {
  return unavailable("file_write_failed", {{"path", folder.string()}, {"system", error.message()}});
}

class Export {
 public:
  Export(journal::Rows& rows, const fs::path& folder) : rows_(rows), folder_(folder) {}

  Result<Exported> run(const journal::VerifierKey& key, const std::function<void(std::uint64_t)>& progress) {
    SHOMEI_TRY(const auto note, rows_.latest_checkpoint());
    if (!note) return not_found("checkpoint_none_yet");
    SHOMEI_TRY(exported_.checkpoint, journal::open_checkpoint(*note, key));
    SHOMEI_CHECK(expect_continuation(key));
    for (unsigned level = 0; level < kLevels; ++level)
      SHOMEI_CHECK(put_all(journal::TileKind::hashes, level, [](auto) {}));
    SHOMEI_CHECK(put_all(journal::TileKind::entries, 0, progress));
    SHOMEI_CHECK(put(journal::kCheckpointPath, view(*note)));
    return exported_;
  }

 private:
  // Whoever mixed two journals in a folder would publish a fork.
  Result<void> expect_continuation(const journal::VerifierKey& key) {
    const auto path = folder_ / journal::kCheckpointPath;
    const auto note = files::read_file(path, kNoteBytesMax);
    if (!note && note.error().code == "file_missing") return {};
    if (!note) return note.error();
    const auto there = journal::open_checkpoint(to_text(*note), key);
    if (there && there->size <= exported_.checkpoint.size) {
      SHOMEI_TRY(const auto root, root_at(there->size));
      if (root == there->root) return {};
    }
    return conflict("export_of_another", {{"path", path.string()}});
  }

  Result<crypto::Sha256> root_at(std::uint64_t size) {
    return journal::root(size,
                         journal::nodes_of([this](unsigned level, std::uint64_t index) -> Result<Bytes> {
                           SHOMEI_TRY(auto tile, rows_.tile(level, index));
                           return tile ? *std::move(tile) : Bytes{};
                         }));
  }

  Result<void> put_all(journal::TileKind kind, unsigned level,
                       const std::function<void(std::uint64_t)>& progress) {
    journal::TilePath path{kind, level, 0, 0};
    for (;; ++path.index) {
      path.width = journal::width_at(exported_.checkpoint.size, level, path.index);
      if (path.width == 0) return {};
      SHOMEI_CHECK(put_tile(path));
      progress(path.index * journal::kTileWidth + path.width);
    }
  }

  Result<void> put_tile(const journal::TilePath& path) {
    const auto name = journal::encode_tile_path(path);
    std::error_code ignored;
    if (fs::exists(folder_ / name, ignored)) {
      ++exported_.kept;
      return {};
    }
    SHOMEI_TRY(const auto content, journal::published_tile(rows_, exported_.checkpoint.size, path));
    SHOMEI_CHECK(put(name, content));
    // The narrower ones before it have had their time.
    if (path.full()) fs::remove_all(folder_ / (name + ".p"), ignored);
    return {};
  }

  Result<void> put(std::string_view name, ByteView content) {
    const auto path = folder_ / name;
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (error) return unmakeable(path.parent_path(), error);
    ++exported_.written;
    return files::replace_file(path, content, files::kReadableByAll);
  }

  journal::Rows& rows_;
  const fs::path& folder_;
  Exported exported_;
};

}  // namespace

Result<journal::PublishedFiles> published_at(const std::string& place) {
  if (place.find("://") == std::string::npos)
    return journal::PublishedFiles(
        [folder = fs::path(place)](const std::string& path, std::size_t bytes_max) {
          return files::read_file(folder / path, bytes_max);
        });
  SHOMEI_TRY(auto base, http::parse_base_url(place));
  const auto fetcher = std::make_shared<http::Fetcher>(std::move(base));
  return journal::PublishedFiles(
      [fetcher](const std::string& path, std::size_t bytes_max) { return fetcher->get(path, bytes_max); });
}

Result<Exported> export_journal(journal::Rows& rows, const fs::path& folder, const journal::VerifierKey& key,
                                const std::function<void(std::uint64_t)>& progress) {
  return Export(rows, folder).run(key, progress);
}

}  // namespace shomei::app
