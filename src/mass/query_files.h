// Lists in files: certificates by their numbers, and the cards of a maker's batch. One a line; empty lines,
// and what stands behind a '#', say nothing. Pure: the bytes come from the caller.
#pragma once

#include <string_view>

#include "mass/query.h"

namespace shomei::mass {

// A serial number in hexadecimal a line, and behind a space the authority where two may have the number.
// malformed "mass_list_line" {line}, "mass_list_empty".
Result<FileList<Listed>> parse_certificate_lines(std::string_view text);
Result<FileList<CardId>> parse_card_lines(std::string_view text);  // an identifier of a card a line

}  // namespace shomei::mass
