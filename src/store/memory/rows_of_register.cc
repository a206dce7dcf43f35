#include <algorithm>

#include "store/memory/rows.h"

namespace shomei::store {
namespace {

using residents::CardRecord;
using residents::Resident;

Error row_missing(std::string_view table, const std::string& id) {
  return internal("store_row_missing", {{"table", std::string(table)}, {"key", id}});
}

template <class Map>
std::optional<typename Map::mapped_type> found(const Map& map, const typename Map::key_type& key) {
  const auto at = map.find(key);
  return at == map.end() ? std::nullopt : std::optional(at->second);
}

}  // namespace

Result<void> MemoryRows::insert(const Resident& resident) {
  if (changed().residents.emplace(resident.id, resident).second) return {};
  return conflict("resident_exists", {{"resident", resident.id.text()}});
}

Result<void> MemoryRows::update(const Resident& resident) {
  auto& all = changed().residents;
  if (!all.contains(resident.id)) return row_missing("resident", resident.id.text());
  all[resident.id] = resident;
  return {};
}

Result<std::optional<Resident>> MemoryRows::find_resident(const ResidentId& id) {
  return found(state().residents, id);
}

Result<std::vector<Resident>> MemoryRows::list_residents(const journal::Page& page) {
  std::vector<Resident> list;
  for (const auto& [id, resident] : state().residents)
    if (id.text() > page.after && list.size() < page.count) list.push_back(resident);
  return list;
}

Result<std::vector<Resident>> MemoryRows::find_residents_named(const std::string& name) {
  std::vector<Resident> list;
  for (const auto& [id, resident] : state().residents)
    if (resident.name == name) list.push_back(resident);
  return list;
}

Result<void> MemoryRows::insert(const CardRecord& card) {
  if (changed().cards.emplace(card.id, card).second) return {};
  return conflict("card_exists", {{"card", card.id.text()}});
}

Result<void> MemoryRows::update(const CardRecord& card) {
  auto& all = changed().cards;
  if (!all.contains(card.id)) return row_missing("card", card.id.text());
  all[card.id] = card;
  return {};
}

Result<std::optional<CardRecord>> MemoryRows::find_card(const CardId& id) {
  return found(state().cards, id);
}

Result<std::vector<CardRecord>> MemoryRows::cards_of(const ResidentId& holder) {
  std::vector<CardRecord> list;
  for (const auto& [id, card] : state().cards)
    if (card.holder == holder) list.push_back(card);
  return list;
}

}  // namespace shomei::store
