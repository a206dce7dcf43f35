#include "crossing/said.h"

namespace shomei::crossing {
namespace {

namespace field = journal::field;
using journal::PartKind;

const std::optional<journal::Part>& part_of(const journal::StoredEntry& stored, PartKind kind) {
  return stored.parts[static_cast<std::size_t>(kind)];
}

journal::Fields fields_of(const journal::StoredEntry& stored, PartKind kind) {
  const auto& part = part_of(stored, kind);
  if (!part) return {};
  return journal::parse_fields(part->body).value_or(journal::Fields{});
}

}  // namespace

std::optional<std::string> Said::of_person(std::string_view name) const {
  const auto found = person.find(name);
  if (found == person.end()) return std::nullopt;
  return to_text(found->second);
}

Said said_by(const journal::StoredEntry& stored) {
  Said said{.sequence = stored.entry.sequence,
            .act = stored.entry.act.text(),
            .phase = stored.entry.phase,
            .erased = !part_of(stored, PartKind::person),
            .person = fields_of(stored, PartKind::person),
            .officer = fields_of(stored, PartKind::officer)};
  if (const auto& status = part_of(stored, PartKind::status))
    said.changes = journal::parse_status_part(status->body).value_or(std::vector<journal::StatusChange>{});
  said.resident = journal::text(said.person, field::kResident);
  said.card = journal::text(said.person, field::kCard);
  said.verb = journal::text(said.officer, field::kAct);
  said.actor = journal::text(said.officer, field::kActor);
  said.office = journal::text(said.officer, field::kOffice);
  said.request = journal::text(said.officer, field::kRequest);
  return said;
}

}  // namespace shomei::crossing
