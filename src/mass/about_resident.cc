#include "mass/about_resident.h"

#include <algorithm>

#include "mass/carry_out.h"
#include "mass/mass_field.h"

namespace shomei::mass {
namespace {

// The parts of an act, which follow each other as its list does.
class PartsOfAct {
 public:
  PartsOfAct(journal::Rows& rows, std::span<const std::uint64_t> behind_intent)
      : rows_(rows), sequences_(behind_intent) {}

  // The entry that has gone through that place, if one has.
  Result<std::optional<std::uint64_t>> of(std::uint64_t place) {
    std::size_t first = 0, end = sequences_.size();
    while (first < end) {
      const auto middle = first + (end - first) / 2;
      SHOMEI_TRY(const auto part, read(sequences_[middle]));
      if (part && place >= part->through)
        first = middle + 1;
      else if (!part || place < part->from)
        end = middle;
      else
        return is_done(*part, place) ? std::optional(sequences_[middle]) : std::nullopt;
    }
    return std::optional<std::uint64_t>{};
  }

 private:
  // None: the entry that ends the act, behind all parts.
  Result<std::optional<Part>> read(std::uint64_t sequence) {
    SHOMEI_TRY(const auto stored, rows_.find_entry(sequence));
    if (!stored || stored->entry.phase != journal::Phase::result) return std::optional<Part>{};
    SHOMEI_TRY(const auto json, mass_field(*stored));
    SHOMEI_TRY(auto part, parse_part(json));
    return std::optional(std::move(part));
  }
  static bool is_done(const Part& part, std::uint64_t place) {
    return std::ranges::find(part.passed_over, place, &PassedOver::place) == part.passed_over.end();
  }

  journal::Rows& rows_;
  std::span<const std::uint64_t> sequences_;
};

Result<std::map<std::uint64_t, Line>> places_in(const std::filesystem::path& path, const Result<Order>& order,
                                                const ResidentId& resident) {
  if (!order) return order.error();
  SHOMEI_TRY(const auto list, FixedList::open(path, order->list));
  return list.of_resident(resident);
}

Result<void> take_order(const Folder& folder, journal::Rows& rows, const ActId& id,
                        const ResidentId& resident, AboutResident& into) {
  SHOMEI_TRY(const auto sequences, rows.entries_of_act(id));
  if (sequences.size() < 2) return {};  // nothing was carried out
  SHOMEI_TRY(const auto intent, rows.find_entry(sequences.front()));
  const auto places = places_in(folder.list(id), read_order(*intent), resident);
  if (!places) {
    into.unread.push_back({id, places.error()});
    return {};
  }
  PartsOfAct parts(rows, std::span(sequences).subspan(1));
  std::map<std::uint64_t, std::vector<Line>> entries;
  for (const auto& [place, line] : *places) {
    const auto sequence = parts.of(place);
    if (!sequence && sequence.error().fault == Fault::unavailable) return sequence.error();
    if (!sequence) {
      into.unread.push_back({id, sequence.error()});
      return {};
    }
    if (*sequence) entries[**sequence].push_back(line);
  }
  into.entries.merge(entries);
  return {};
}

}  // namespace

Result<AboutResident> about_resident(const Folder& folder, journal::Rows& rows, const ResidentId& resident) {
  AboutResident about;
  for (const auto& order : known_orders(folder))
    SHOMEI_CHECK(take_order(folder, rows, order, resident, about));
  return about;
}

}  // namespace shomei::mass
