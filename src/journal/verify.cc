#include "journal/verify.h"

#include <algorithm>

#include "journal/history.h"
#include "journal/tiles.h"

namespace shomei::journal {
namespace {

constexpr std::size_t index_of(PartKind kind) {
  return static_cast<std::size_t>(kind);
}

class Verification {
 public:
  Verification(Rows& rows, const VerifyOptions& options)
      : rows_(rows), options_(options), history_([this](auto sequence, auto code, auto detail) {
          find(sequence, std::move(code), std::move(detail));
        }) {}

  Result<VerifyReport> run() {
    open_since();
    SHOMEI_CHECK(read_entries());
    report_.acts = history_.acts();
    report_.certificates = history_.certificates();
    SHOMEI_CHECK(verify_checkpoint());
    SHOMEI_CHECK(verify_nodes());
    return std::move(report_);
  }

 private:
  void find(std::uint64_t sequence, std::string code, std::string detail) {
    if (report_.findings.size() < kFindingsMax)
      report_.findings.push_back({sequence, std::move(code), std::move(detail)});
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
      return true;
    });
    if (read || read.error().code != "store_row_broken") return read;
    // Whoever changed the store's rows is found out like whoever changed what they say.
    find(report_.entries, "entry_form",
         "The row of this entry is broken: " + std::string(read.error().parameter("what")) + ".");
    return {};
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
    compare_since();
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
        ++report_.erased_parts;
      else if (commit(kind, *part) != stored.entry.commitments[index_of(kind)])
        find(stored.entry.sequence, "commitment_wrong",
             "The " + std::string(name(kind)) + " part is not the one that the entry commits to.");
    }
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
    fields_of(stored, PartKind::officer);
    std::vector<StatusChange> changes;
    if (const auto& status = stored.parts[index_of(PartKind::status)]) {
      auto parsed = parse_status_part(status->body);
      if (parsed)
        changes = std::move(*parsed);
      else
        find(sequence, "part_form", "The status part does not parse.");
    } else {
      // It says nothing about a person, so nobody may have it erased.
      find(sequence, "part_missing", "The status part is missing.");
    }
    history_.add(stored.entry, changes, person ? &*person : nullptr);
  }

  void compare_since() {
    if (since_ && tree_.size() == since_->size) since_holds_ = tree_.root() == since_->root;
  }

  Result<void> verify_checkpoint() {
    SHOMEI_TRY(const auto note, rows_.latest_checkpoint());
    if (since_ && !since_holds_)
      find(report_.entries, "not_a_continuation",
           "The tree does not continue the one of the checkpoint that was kept.");
    if (note)
      compare_checkpoint(*note);
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

  // The stored nodes are what the next entry and every proof will be made from.
  Result<void> verify_nodes() {
    const auto stored =
        root(report_.entries, nodes_of([this](unsigned level, std::uint64_t index) -> Result<Bytes> {
               SHOMEI_TRY(auto tile, rows_.tile(level, index));
               return tile ? *std::move(tile) : Bytes{};
             }));
    const bool too_short = !stored && stored.error().code == "journal_tile_short";
    if (!stored && !too_short) return stored.error();
    if (too_short || *stored != tree_.root())
      find(report_.entries, "nodes_wrong", "The stored nodes of the tree are not those of the entries.");
    return {};
  }

  Rows& rows_;
  const VerifyOptions& options_;
  VerifyReport report_;
  History history_;
  TreeHasher tree_;
  std::optional<Checkpoint> since_;
  bool since_holds_ = false;
};

}  // namespace

Result<VerifyReport> verify_journal(Rows& rows, const VerifyOptions& options) {
  return Verification(rows, options).run();
}

}  // namespace shomei::journal
