#include <algorithm>
#include <set>

#include "base/check.h"
#include "store/memory/rows.h"

namespace shomei::store {

using journal::StoredEntry;

Result<journal::Head> MemoryRows::head() {
  return state().head;
}

Result<void> MemoryRows::put_head(const journal::Head& head) {
  changed().head = head;
  return {};
}

Result<std::optional<StoredEntry>> MemoryRows::find_entry(std::uint64_t sequence) {
  const auto& entries = state().entries;
  if (sequence >= entries.size()) return std::optional<StoredEntry>{};
  return std::optional(entries[sequence]->stored);
}

// By number, not by iterator: the callback may put more.
Result<void> MemoryRows::each_entry(std::uint64_t first, std::array<bool, 3> wanted,
                                    const std::function<bool(const StoredEntry&)>& each) {
  for (auto i = first; i < state().entries.size(); ++i) {
    StoredEntry stored = state().entries[i]->stored;
    for (std::size_t part = 0; part < wanted.size(); ++part)
      if (!wanted[part]) stored.parts[part].reset();
    if (!each(stored)) return {};
  }
  return {};
}

Result<std::vector<std::uint64_t>> MemoryRows::entries_of_act(const ActId& act) {
  std::vector<std::uint64_t> sequences;
  for (const auto& e : state().entries)
    if (e->stored.entry.act == act) sequences.push_back(e->stored.entry.sequence);
  return sequences;
}

Result<std::vector<std::uint64_t>> MemoryRows::entries_of_resident(const ResidentId& resident) {
  std::set<ActId> issues;
  for (const auto& c : state().certificates)
    if (c->resident == resident) issues.insert(c->act);
  std::vector<std::uint64_t> sequences;
  for (const auto& e : state().entries)
    if (e->about == resident || issues.contains(e->stored.entry.act))
      sequences.push_back(e->stored.entry.sequence);
  return sequences;
}

Result<void> MemoryRows::put_entry(const StoredEntry& entry, const ResidentId& about) {
  auto& entries = changed().entries;
  SHOMEI_INVARIANT(entry.entry.sequence == entries.size());
  entries.push_back(std::make_shared<EntryAbout>(EntryAbout{entry, about}));
  return {};
}

Result<void> MemoryRows::erase_person_part(std::uint64_t sequence) {
  auto& entries = changed().entries;
  if (sequence >= entries.size()) return {};
  auto without = *entries[sequence];
  without.stored.parts[static_cast<std::size_t>(journal::PartKind::person)].reset();
  entries[sequence] = std::make_shared<EntryAbout>(std::move(without));
  return {};
}

Result<std::optional<Bytes>> MemoryRows::tile(unsigned level, std::uint64_t index) {
  const auto at = state().tiles.find({level, index});
  return at == state().tiles.end() ? std::nullopt : std::optional(at->second);
}

Result<void> MemoryRows::put_tile(unsigned level, std::uint64_t index, ByteView hashes) {
  Bytes& tile = changed().tiles[{level, index}];
  SHOMEI_INVARIANT(starts_with(hashes, tile));  // only ever widened
  tile = to_bytes(hashes);
  return {};
}

}  // namespace shomei::store
