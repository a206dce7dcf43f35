// Standing: where a mass act is by now, read from its entries alone: whoever goes on with it, on whichever
// machine, begins where the journal says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "journal/rows.h"
#include "mass/order.h"
#include "mass/part.h"

namespace shomei::mass {

enum class Stage {
  fixed,       // nothing is carried out
  begun,       // some of it is
  done,        // all of it is, and reported
  ended_early  // given up behind a part of it, or before any
};
std::string_view name(Stage stage);  // "fixed", "begun", "done", "cancelled"

struct Standing {
  Order order;
  Stage stage = Stage::fixed;
  std::uint64_t through = 0;  // how many of the list have been gone through
  std::uint64_t done = 0;     // and have become what the act makes of them
  std::uint64_t parts = 0;
  std::vector<PassedOver> passed_over;
  std::chrono::milliseconds worked{};
  std::uint64_t last_sequence = 0;                     // of the act's entries
  std::optional<std::uint64_t> first_part, last_part;  // sequences
  std::optional<InstantMs> begun_at, ended_at;
  std::string report;  // JSON, once it has ended
};

// not_found "mass_order_unknown" {order}; internal "mass_record_broken".
Result<Standing> read_standing(journal::Rows& rows, const ActId& order);

}  // namespace shomei::mass
