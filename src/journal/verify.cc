#include "journal/verify.h"

#include <algorithm>
#include <map>

#include "journal/history.h"
#include "journal/tiles.h"

namespace shomei::journal {
namespace {

constexpr std::uint64_t kProgressEvery = 1024;

constexpr std::size_t index_of(PartKind kind) {
  return static_cast<std::size_t>(kind);
}

class Verification {
 public:
  Verification(Rows& rows, const VerifyOptions& options)
      : rows_(rows), options_(options), history_(options.memory_bytes, kFindingsMax) {}

  Result<VerifyReport> run() {
    open_since();
    SHOMEI_TRY(const auto end, rows_.head());
    progress_.of = end.size;
    SHOMEI_CHECK(read_entries());
    while (history_.next_pass()) SHOMEI_CHECK(read_statuses());
    report_.acts = history_.acts();
    report_.certificates = history_.certificates();
    SHOMEI_CHECK(verify_checkpoint(end.checkpoint));
    SHOMEI_CHECK(compare_edge());
    put_findings();
    return std::move(report_);
  }

 private:
  void find(std::uint64_t sequence, std::string code, std::string detail) {
    if (found_.size() < kFindingsMax)
      found_.push_back({report_.entries, 0, sequence, std::move(code), std::move(detail)});
  }

  void open_since() {
    if (!options_.since) return;
    auto checkpoint = open_checkpoint(*options_.since, options_.key);
    if (checkpoint)
      since_ = std::move(*checkpoint);
    else
      find(0, "not_a_continuation", "The checkpoint that was kept is not signed with this key.");
  }

  Result<void> read_entries() {
    compare_since();
    auto read = rows_.each_entry(0, {true, true, true}, [this](const StoredEntry& stored) {
      verify_entry(stored);
      return !stopped_;
    });
    if (stopped_) return *stopped_;
    if (read || read.error().code != "store_row_broken") return read;
    // Whoever changed the store's rows is found out like whoever changed what they say.
    find(report_.entries, "entry_form",
         "The row of this entry is broken: " + std::string(read.error().parameter("what")) + ".");
    return {};
  }

  // A further pass of the history. What it reads was verified in the first, of the same view.
  Result<void> read_statuses() {
    ++progress_.pass;
    progress_.entries = 0;
    auto read = rows_.each_entry(0, {true, false, true}, [this](const StoredEntry& stored) {
      const auto& status = stored.parts[index_of(PartKind::status)];
      const auto& officer = stored.parts[index_of(PartKind::officer)];
      const auto changes = status ? parse_status_part(status->body) : Result<std::vector<StatusChange>>{};
      const auto fields = officer ? parse_fields(officer->body) : Result<Fields>{};
      history_.add(stored.entry, changes.value_or(std::vector<StatusChange>{}), nullptr,
                   results_of(fields.value_or(Fields{})));
      step();
      return !stopped_;
    });
    if (stopped_) return *stopped_;
    if (read || read.error().code != "store_row_broken") return read;
    return {};
  }

  void step() {
    ++progress_.entries;
    if (progress_.entries % kProgressEvery != 0) return;
    if (options_.progress) options_.progress(progress_);
    if (!options_.go_on) return;
    if (const auto going = options_.go_on(progress_); !going) stopped_ = going.error();
  }

  void verify_entry(const StoredEntry& stored) {
    const Entry& entry = stored.entry;
    if (entry.sequence != report_.entries)
      find(entry.sequence, "sequence_gap",
           "The entry number " + std::to_string(report_.entries) + " is missing here.");
    verify_time(entry);
    verify_commitments(stored);
    verify_content(stored);
    tree_.add(leaf_hash(encode_entry(entry)));
    ++report_.entries;
    if (report_.entries % kTileHashes == 0) compare_full_tiles();
    compare_since();
    step();
  }

  void verify_time(const Entry& entry) {
    if (report_.last_at && entry.recorded_at < *report_.last_at)
      find(entry.sequence, "time_fell", "The entry is earlier than the one in front.");
    if (!report_.first_at) report_.first_at = entry.recorded_at;
    report_.last_at = entry.recorded_at;
  }

  void verify_commitments(const StoredEntry& stored) {
    for (auto kind : kPartKinds) {
      const auto& part = stored.parts[index_of(kind)];
      if (!part)
        count_erased(stored.entry.sequence, kind);
      else if (commit(kind, *part) != stored.entry.commitments[index_of(kind)])
        find(stored.entry.sequence, "commitment_wrong",
             "The " + std::string(name(kind)) + " part is not the one that the entry commits to.");
    }
  }

  // What is about a person may be erased. What else happened and who did it, nobody may take away.
  void count_erased(std::uint64_t sequence, PartKind kind) {
    if (kind == PartKind::person)
      ++report_.erased_parts;
    else
      find(sequence, "part_missing", "The " + std::string(name(kind)) + " part is missing.");
  }

  std::optional<Fields> fields_of(const StoredEntry& stored, PartKind kind) {
    const auto& part = stored.parts[index_of(kind)];
    if (!part) return std::nullopt;
    auto fields = parse_fields(part->body);
    if (fields) return std::move(*fields);
    find(stored.entry.sequence, "part_form", "The " + std::string(name(kind)) + " part does not parse.");
    return std::nullopt;
  }

  void verify_content(const StoredEntry& stored) {
    const auto sequence = stored.entry.sequence;
    const auto person = fields_of(stored, PartKind::person);
    const auto officer = fields_of(stored, PartKind::officer);
    std::vector<StatusChange> changes;
    if (const auto& status = stored.parts[index_of(PartKind::status)]) {
      auto parsed = parse_status_part(status->body);
      if (parsed)
        changes = std::move(*parsed);
      else
        find(sequence, "part_form", "The status part does not parse.");
    }
    history_.add(stored.entry, changes, person ? &*person : nullptr, results_of(officer.value_or(Fields{})));
  }

  void compare_since() {
    if (since_ && tree_.size() == since_->size) since_holds_ = tree_.root() == since_->root;
  }

  Result<void> verify_checkpoint(const std::string& note) {
    if (since_ && !since_holds_)
      find(report_.entries, "not_a_continuation",
           "The tree does not continue the one of the checkpoint that was kept.");
    if (!note.empty())
      compare_checkpoint(note);
    else if (report_.entries > 0)
      find(report_.entries, "checkpoint_missing", "No checkpoint is signed over the entries.");
    return {};
  }

  void compare_checkpoint(const std::string& note) {
    report_.checkpoint_note = note;
    auto checkpoint = open_checkpoint(note, options_.key);
    if (!checkpoint)
      return find(report_.entries, "checkpoint_wrong", "The checkpoint is not a note signed with this key.");
    report_.checkpoint = std::move(*checkpoint);
    if (since_ && since_->origin != report_.checkpoint.origin)
      find(report_.entries, "not_a_continuation", "The checkpoint that was kept is of another journal.");
    if (report_.checkpoint.size != report_.entries)
      find(report_.entries, "size_wrong",
           "The checkpoint is over " + std::to_string(report_.checkpoint.size) + " entries, and there are " +
               std::to_string(report_.entries) + ".");
    else if (report_.checkpoint.root != tree_.root())
      find(report_.entries, "root_wrong", "The checkpoint is over another tree than that of the entries.");
  }

  // The stored tiles are what the next entry and every proof will be made from.
  void compare_tile(const TreeEdge::Tile& tile) {
    if (wrong_tile_ || tile_error_) return;
    const auto stored = rows_.tile(tile.level, tile.index);
    if (!stored)
      tile_error_ = stored.error();
    else if (!*stored || !starts_with(**stored, tile.hashes) || has_more(**stored, tile.hashes))
      wrong_tile_ = "The stored tile " + std::to_string(tile.index) + " of level " +
                    std::to_string(tile.level) + " is not that of the entries.";
  }

  // Where entries are missing at the end, the tiles go on: that they are missing is a finding already.
  bool has_more(ByteView stored, ByteView computed) const {
    return stored.size() > computed.size() && report_.entries == progress_.of;
  }

  void compare_full_tiles() {
    for (auto& tile : tree_.take_changes()) {
      if (tile.hashes.size() == kTileHashes * sizeof(Sha256))
        compare_tile(tile);
      else
        partial_.insert_or_assign(tile.level, std::move(tile));
    }
  }

  Result<void> compare_edge() {
    compare_full_tiles();
    for (const auto& [level, tile] : partial_)
      if (edge_width(report_.entries, level) > 0) compare_tile(tile);
    if (tile_error_ && tile_error_->code != "store_row_broken") return *tile_error_;
    if (tile_error_) wrong_tile_ = "The row of a stored tile is broken.";
    if (wrong_tile_) find(report_.entries, "nodes_wrong", *wrong_tile_);
    return {};
  }

  // In the order in which one pass would have come upon them.
  void put_findings() {
    const auto& told = history_.told();
    found_.insert(found_.end(), told.begin(), told.end());
    std::ranges::stable_sort(found_, {}, [](const History::Told& t) { return std::pair(t.place, t.step); });
    if (found_.size() > kFindingsMax) found_.resize(kFindingsMax);
    for (auto& t : found_) report_.findings.push_back({t.sequence, std::move(t.code), std::move(t.detail)});
  }

  Rows& rows_;
  const VerifyOptions& options_;
  VerifyReport report_;
  VerifyProgress progress_;
  History history_;
  std::vector<History::Told> found_;
  TreeEdge tree_;
  std::map<unsigned, TreeEdge::Tile> partial_;  // the last one of each level
  std::optional<std::string> wrong_tile_;       // the first
  std::optional<Error> tile_error_;
  std::optional<Error> stopped_;  // by go_on
  std::optional<Checkpoint> since_;
  bool since_holds_ = false;
};

}  // namespace

Result<VerifyReport> verify_journal(Rows& rows, const VerifyOptions& options) {
  return Verification(rows, options).run();
}

}  // namespace shomei::journal
