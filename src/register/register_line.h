// A line of a register file: one resident as a JSON object (docs/formats/register-line.md is the schema).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "register/resident.h"

namespace shomei::residents {

// A card of the line has no holder yet: it is the resident's.
struct RegisterLine {
  Resident resident;               // id is empty when the line brings none
  std::optional<CardRecord> card;  // id likewise
  std::string note;                // for people: why this person stands in a demo file
  std::size_t number = 0;          // of the line in its file, from 1; set by who reads the file
};

// malformed: "json_form", "member_missing", "member_unknown", "member_type", "value_unknown", "date_form",
// "municipality_form", "text_unfit" (empty, too long or with control characters), "line_too_long",
// "stay_contradicts_status" (a period of stay for a Japanese national or another status without one).
Result<RegisterLine> parse_register_line(std::string_view line);

// The same members, in alphabetical order, without spaces: the canonical form that the journal records too.
std::string encode_resident(const Resident& resident);
std::string encode_card(const CardRecord& card);

}  // namespace shomei::residents
