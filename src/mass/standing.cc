#include "mass/standing.h"

#include <algorithm>
#include <array>

#include "mass/mass_field.h"

namespace shomei::mass {
namespace {

using journal::Phase;

Result<void> take_part(Standing& standing, const journal::StoredEntry& stored) {
  SHOMEI_TRY(const auto json, mass_field(stored));
  SHOMEI_TRY(const auto part, parse_part(json));
  if (part.from != standing.through || part.through < part.from || part.number != standing.parts + 1)
    return internal("mass_record_broken", {{"what", "a part does not follow the one before"}});
  standing.through = part.through;
  standing.parts = part.number;
  standing.done += part.done();
  standing.worked += part.worked;
  standing.passed_over.insert(standing.passed_over.end(), part.passed_over.begin(), part.passed_over.end());
  if (!standing.first_part) standing.first_part = stored.entry.sequence;
  if (!standing.begun_at) standing.begun_at = stored.entry.recorded_at;
  standing.last_part = stored.entry.sequence;
  standing.stage = Stage::begun;
  return {};
}

Result<void> take_end(Standing& standing, const journal::StoredEntry& stored) {
  SHOMEI_TRY(standing.report, mass_field(stored));
  const bool all = standing.through == standing.order.found.certificates;
  standing.stage = stored.entry.phase == Phase::confirmation && all ? Stage::done : Stage::ended_early;
  standing.ended_at = stored.entry.recorded_at;
  return {};
}

}  // namespace

Result<std::string> mass_field(const journal::StoredEntry& stored) {
  const auto& part = stored.parts[static_cast<std::size_t>(journal::PartKind::officer)];
  if (!part) return internal("mass_record_broken", {{"what", "an operator part is missing"}});
  SHOMEI_TRY(const auto fields, journal::parse_fields(part->body));
  return journal::text(fields, journal::field::kMass);
}

std::string_view name(Stage stage) {
  static constexpr std::array<std::string_view, 4> kNames{"fixed", "begun", "done", "cancelled"};
  return kNames[static_cast<std::size_t>(stage)];
}

Result<Standing> read_standing(journal::Rows& rows, const ActId& order) {
  SHOMEI_TRY(auto sequences, rows.entries_of_act(order));
  Standing standing;
  for (const auto sequence : sequences) {
    SHOMEI_TRY(const auto stored, rows.find_entry(sequence));
    standing.last_sequence = sequence;
    if (sequence == sequences.front()) {
      SHOMEI_TRY(standing.order, read_order(*stored));
    } else if (stored->entry.phase == Phase::result) {
      SHOMEI_CHECK(take_part(standing, *stored));
    } else {
      SHOMEI_CHECK(take_end(standing, *stored));
    }
  }
  if (sequences.empty()) return not_found("mass_order_unknown", {{"order", order.text()}});
  return standing;
}

}  // namespace shomei::mass
