// What one entry says, as far as its parts are there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "journal/contents.h"
#include "journal/part.h"
#include "journal/status_part.h"

namespace shomei::crossing {

struct Said {
  std::uint64_t sequence = 0;
  std::string act;
  journal::Phase phase{};
  bool erased = false;  // the person part
  journal::Fields person, officer;
  std::vector<journal::StatusChange> changes;
  // Of the fields; empty where they say nothing.
  std::string resident, card, verb, actor, office, request;

  bool refused() const { return officer.contains(journal::field::kRefusal); }
  // What the person part says under that name; none when it says nothing.
  std::optional<std::string> of_person(std::string_view name) const;
};

// A part that does not parse says nothing here: journal::verify_journal tells of it.
Said said_by(const journal::StoredEntry& stored);

}  // namespace shomei::crossing
