#include <algorithm>
#include <tuple>

#include "base/check.h"
#include "store/memory/rows.h"

namespace shomei::store {
namespace {

using journal::RowKind;
using journal::StoreRow;

template <class Map>
Result<void> each_value(const Map& map, const journal::Rows::EachRow& each) {
  for (const auto& [key, value] : map) SHOMEI_CHECK(each(value));
  return {};
}

// In the order in which the engines with tables have them.
std::vector<journal::About> abouts_of(const MemoryState& state) {
  std::vector<journal::About> abouts;
  for (const auto& e : state.entries)
    if (!e->about.empty()) abouts.push_back({e->stored.entry.sequence, e->about});
  std::ranges::sort(abouts, {},
                    [](const auto& a) { return std::tuple(journal::mark_of(a.resident), a.sequence); });
  return abouts;
}

// What has no map with its own rows in it.
Result<void> each_made(RowKind kind, const MemoryState& state, const journal::Rows::EachRow& each) {
  if (kind == RowKind::serial_space) {
    for (const auto& [name, last] : state.last_numbers) SHOMEI_CHECK(each(journal::SerialSpace{name, last}));
  } else if (kind == RowKind::about) {
    for (const auto& about : abouts_of(state)) SHOMEI_CHECK(each(about));
  } else if (kind == RowKind::tile) {
    for (const auto& [place, hashes] : state.tiles)
      SHOMEI_CHECK(each(journal::StoredTile{place.first, place.second, hashes}));
  } else if (state.head.size > 0) {
    SHOMEI_CHECK(each(state.head));
  }
  return {};
}

}  // namespace

// Of a state that stays as it is: `each` may put rows.
Result<void> MemoryRows::each_row(RowKind kind, const EachRow& each) {
  const std::shared_ptr<const MemoryState> kept = own_ ? std::make_shared<MemoryState>(*own_) : seen_;
  switch (kind) {
    case RowKind::resident:
      return each_value(kept->residents, each);
    case RowKind::card:
      return each_value(kept->cards, each);
    case RowKind::authority:
      return each_value(kept->authorities, each);
    case RowKind::certificate:
      for (const auto& c : kept->certificates) SHOMEI_CHECK(each(*c));
      return {};
    case RowKind::blocked_key:
      return each_value(kept->blocked_keys, each);
    case RowKind::request:
      return each_value(kept->requests, each);
    case RowKind::crl:
      return each_value(kept->crls, each);
    case RowKind::entry:
      for (const auto& e : kept->entries) SHOMEI_CHECK(each(e->stored));
      return {};
    default:
      return each_made(kind, *kept, each);
  }
}

Result<void> MemoryRows::put_row(const StoreRow& row) {
  return std::visit(
      journal::Each{[&](const journal::SerialSpace& space) -> Result<void> {
                      changed().last_numbers[space.name] = space.last_number;
                      return {};
                    },
                    [&](const journal::StoredEntry& entry) -> Result<void> { return put_entry(entry, {}); },
                    [&](const journal::About& about) -> Result<void> {
                      auto& entries = changed().entries;
                      SHOMEI_INVARIANT(about.sequence < entries.size());
                      entries[about.sequence] = std::make_shared<EntryAbout>(
                          EntryAbout{entries[about.sequence]->stored, about.resident});
                      return {};
                    },
                    [&](const journal::StoredTile& tile) -> Result<void> {
                      return put_tile(tile.level, tile.index, tile.hashes);
                    },
                    [&](const journal::Head& head) -> Result<void> { return put_head(head); },
                    [&](const auto& inserted) -> Result<void> { return insert(inserted); }},
      row);
}

Result<void> MemoryRows::retire(const std::string& place) {
  changed().retired_to = place;
  return {};
}

Result<std::optional<std::string>> MemoryRows::retired_to() {
  return state().retired_to;
}

}  // namespace shomei::store
