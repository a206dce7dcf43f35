// Takes a register file in: all its lines or none.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "counter/parts.h"
#include "register/register_line.h"

namespace shomei::counter {

// Reads every line before anything is stored; empty lines are skipped. An error carries the parameter `line`.
Result<std::vector<residents::RegisterLine>> read_register(std::string_view text);

struct Imported {
  std::vector<residents::Resident> residents;
};

// One transaction, one entry a resident. Lines without identifiers get random ones. malformed
// "municipality_unknown", "born_in_future", conflict "resident_exists", "card_exists", each with the
// parameter `line`. `progress` is told how many are in, now and then.
Result<Imported> import_register(const Parts& parts, const Officer& officer,
                                 std::vector<residents::RegisterLine> lines,
                                 const std::function<void(std::size_t)>& progress);

}  // namespace shomei::counter
