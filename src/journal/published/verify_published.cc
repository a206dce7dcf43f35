#include "journal/published/verify_published.h"

#include <algorithm>
#include <map>

#include "journal/history.h"
#include "journal/published/entry_bundle.h"

namespace shomei::journal {
namespace {

constexpr std::size_t kHashBytes = 32;

std::uint64_t bundles_of(std::uint64_t size) {
  return size / kTileWidth + (size % kTileWidth > 0);
}

// The first leaf below a tile.
std::uint64_t first_leaf(unsigned level, std::uint64_t index) {
  std::uint64_t first = index * kTileWidth;
  for (unsigned i = 0; i < level; ++i) first *= kTileWidth;
  return first;
}

TilePath path_at(TileKind kind, unsigned level, std::uint64_t index, std::uint64_t size) {
  return {kind, level, index, width_at(size, level, index)};
}

class Verification {
 public:
  Verification(const PublishedFiles& files, const VerifyOptions& options)
      : files_(files), options_(options), phases_(options.memory_bytes, kFindingsMax) {}

  Result<PublishedReport> run() {
    SHOMEI_TRY(const bool opened, open());
    if (!opened) return std::move(report_);
    SHOMEI_CHECK(read_entries());
    if (!lost_) SHOMEI_CHECK(compare_edge());
    if (!lost_) compare_roots();
    // Where something is wrong already, the files need not be read once more for the order of the acts.
    while (phases_.next_pass() && found_.empty()) SHOMEI_CHECK(read_again());
    put_findings();
    return std::move(report_);
  }

 private:
  void find(std::uint64_t sequence, std::string code, std::string detail) {
    if (found_.size() < kFindingsMax) found_.push_back({sequence, std::move(code), std::move(detail)});
  }

  std::uint64_t size() const { return report_.checkpoint.size; }

  // Whether there is a checkpoint to compare anything with.
  Result<bool> open() {
    auto note = read_checkpoint(files_);
    if (!note && note.error().fault != Fault::not_found) return note.error();
    if (!note) {
      report_.findings.push_back({0, "checkpoint_missing", "There is no file \"checkpoint\"."});
      return false;
    }
    report_.checkpoint_note = *std::move(note);
    auto checkpoint = open_checkpoint(report_.checkpoint_note, options_.key);
    if (!checkpoint) {
      report_.findings.push_back(
          {0, "checkpoint_wrong", "The checkpoint is not a note signed with this key."});
      return false;
    }
    report_.checkpoint = *std::move(checkpoint);
    progress_.of = size();
    open_since();
    return true;
  }

  void open_since() {
    if (!options_.since) return;
    auto kept = open_checkpoint(*options_.since, options_.key);
    if (!kept)
      find(0, "not_a_continuation", "The checkpoint that was kept is not signed with this key.");
    else if (kept->origin != report_.checkpoint.origin)
      find(0, "not_a_continuation", "The checkpoint that was kept is of another journal.");
    else if (kept->size > size())
      find(size(), "not_a_continuation",
           "The checkpoint is over " + std::to_string(size()) + " entries, and the one that was kept over " +
               std::to_string(kept->size) + ": the journal has been rolled back.");
    else
      since_ = *std::move(kept);
    compare_since();
  }

  void compare_since() {
    if (since_ && since_->size == tree_.size() && since_->root != tree_.root())
      find(since_->size, "not_a_continuation",
           "The first " + std::to_string(since_->size) +
               " entries are not those of the checkpoint that was kept: the journal has been forked.");
  }

  // Nothing where the file is missing or not of its form, which is then a finding.
  Result<std::optional<Bytes>> read(const TilePath& path) {
    auto content = read_tile(files_, path);
    if (content) return std::optional(*std::move(content));
    const auto sequence = first_leaf(path.level, path.index);
    if (content.error().fault == Fault::not_found)
      find(sequence, "file_missing", "There is no file \"" + encode_tile_path(path) + "\".");
    else if (content.error().fault == Fault::malformed)
      find(sequence, "file_form", "The file \"" + encode_tile_path(path) + "\" is not of its form.");
    else
      return content.error();
    return std::optional<Bytes>{};
  }

  Result<void> read_entries() {
    for (std::uint64_t index = 0; index < bundles_of(size()) && !lost_; ++index) {
      SHOMEI_CHECK(read_bundle(index));
      SHOMEI_CHECK(compare_full_tiles());
      if (options_.progress) options_.progress(progress_);
    }
    return {};
  }

  Result<void> read_bundle(std::uint64_t index) {
    const auto path = path_at(TileKind::entries, 0, index, size());
    SHOMEI_TRY(const auto bundle, read(path));
    SHOMEI_TRY(const auto tile, read(path_at(TileKind::hashes, 0, index, size())));
    report_.tiles += tile.has_value();
    auto entries = bundle ? parse_bundle(*bundle, path.width) : Result<std::vector<ByteView>>{};
    if (!entries)
      find(index * kTileWidth, "file_form",
           "The file \"" + encode_tile_path(path) +
               "\" is not a bundle of entries: " + std::string(entries.error().parameter("what")) + ".");
    const bool has_entries = bundle && entries;
    if (!has_entries && !tile) lost_ = true;  // what follows has no place in the tree any more
    for (std::size_t i = 0; i < path.width && !lost_; ++i) {
      const auto hash =
          tile ? std::optional(ByteView(*tile).subspan(i * kHashBytes, kHashBytes)) : std::nullopt;
      if (has_entries)
        take_entry(index * kTileWidth + i, (*entries)[i], hash);
      else
        add_leaf(*hash);
    }
    return {};
  }

  void take_entry(std::uint64_t sequence, ByteView der, const std::optional<ByteView>& hash) {
    const auto leaf = leaf_hash(der);
    if (hash && !equal(leaf, *hash))
      find(sequence, "leaf_wrong",
           "The entry and the hash of it in \"" +
               encode_tile_path(path_at(TileKind::hashes, 0, sequence / kTileWidth, size())) +
               "\" do not belong together.");
    verify_entry(sequence, der);
    add_leaf(leaf);
  }

  void add_leaf(ByteView hash) {
    Sha256 leaf;
    std::ranges::copy(hash, leaf.begin());
    tree_.add(leaf);
    ++progress_.entries;
    compare_since();
  }

  void verify_entry(std::uint64_t place, ByteView der) {
    auto entry = parse_entry(der);
    if (!entry)
      return find(place, "entry_form",
                  "It is not a journal entry: " + std::string(entry.error().parameter("what")) + ".");
    ++report_.entries;
    if (entry->sequence != place)
      find(place, "sequence_gap", "The entry " + std::to_string(entry->sequence) + " stands here.");
    if (report_.last_at && entry->recorded_at < *report_.last_at)
      find(place, "time_fell", "The entry is earlier than the one in front.");
    if (!report_.first_at) report_.first_at = entry->recorded_at;
    report_.last_at = entry->recorded_at;
    follow_phase(place, *std::move(entry));
  }

  void follow_phase(std::uint64_t place, Entry entry) {
    entry.sequence = place;                          // where a finding is
    phases_.add(entry, {}, nullptr, Results::many);  // what act it is, is withheld
  }

  Result<void> compare_tile(const TreeEdge::Tile& tile) {
    if (tile.level == 0) return {};  // has been compared hash by hash
    const auto width = static_cast<unsigned>(tile.hashes.size() / kHashBytes);
    const TilePath path{TileKind::hashes, tile.level, tile.index, width};
    SHOMEI_TRY(const auto content, read(path));
    if (!content) return {};
    ++report_.tiles;
    const auto [at, other] = std::ranges::mismatch(*content, tile.hashes);
    if (at == content->end()) return {};
    const auto place = static_cast<std::size_t>(at - content->begin()) / kHashBytes;
    find(first_leaf(tile.level, tile.index), "tile_wrong",
         "The hash " + std::to_string(place) + " of \"" + encode_tile_path(path) +
             "\" is not that of the entries.");
    return {};
  }

  Result<void> compare_full_tiles() {
    for (auto& tile : tree_.take_changes()) {
      const bool full = tile.hashes.size() == kTileWidth * kHashBytes;
      if (full) SHOMEI_CHECK(compare_tile(tile));
      if (!full) partial_.insert_or_assign(tile.level, std::move(tile));
    }
    return {};
  }

  Result<void> compare_edge() {
    for (const auto& [level, tile] : partial_)
      if (edge_width(size(), level) > 0) SHOMEI_CHECK(compare_tile(tile));
    return {};
  }

  void compare_roots() {
    if (tree_.root() != report_.checkpoint.root)
      find(size(), "root_wrong", "The checkpoint is over another tree than that of the entries.");
  }

  // The source may say something else the second time: what is followed are the entries that were verified.
  Result<void> read_again() {
    ++progress_.pass;
    progress_.entries = 0;
    TreeHasher again;
    for (std::uint64_t index = 0; index < bundles_of(size()); ++index) {
      const auto path = path_at(TileKind::entries, 0, index, size());
      SHOMEI_TRY(const auto bundle, read_tile(files_, path));
      SHOMEI_TRY(const auto entries, parse_bundle(bundle, path.width));
      for (const auto der : entries) {
        if (auto entry = parse_entry(der)) follow_phase(again.size(), *std::move(entry));
        again.add(leaf_hash(der));
      }
      progress_.entries = again.size();
      if (options_.progress) options_.progress(progress_);
    }
    if (again.root() != tree_.root())
      find(size(), "source_moved", "Read once more, the source gave other entries than before.");
    return {};
  }

  void put_findings() {
    report_.acts = phases_.acts();
    const auto& told = phases_.told();
    for (const auto& t : told) found_.push_back({t.sequence, t.code, t.detail});
    std::ranges::stable_sort(found_, {}, &Finding::sequence);
    if (found_.size() > kFindingsMax) found_.resize(kFindingsMax);
    report_.findings.insert(report_.findings.end(), found_.begin(), found_.end());
  }

  const PublishedFiles& files_;
  const VerifyOptions& options_;
  PublishedReport report_;
  VerifyProgress progress_;
  History phases_;
  std::vector<Finding> found_;
  TreeEdge tree_;
  std::map<unsigned, TreeEdge::Tile> partial_;  // the last one of each level
  std::optional<Checkpoint> since_;
  bool lost_ = false;
};

}  // namespace

Result<PublishedReport> verify_published(const PublishedFiles& files, const VerifyOptions& options) {
  return Verification(files, options).run();
}

}  // namespace shomei::journal
