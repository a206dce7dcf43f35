#include <algorithm>

#include "mass/carry_out.h"

namespace shomei::mass {

// A list that an interrupted fix() left has no entry, and is asked for by nobody.
std::vector<ActId> known_orders(const Folder& folder) {
  std::vector<ActId> orders;
  std::error_code none;
  for (std::filesystem::directory_iterator at(folder.root, none), end; !none && at != end; at.increment(none))
    if (auto id = ActId::parse(at->path().stem().string()); id && at->path().extension() == ".list")
      orders.push_back(*std::move(id));
  std::ranges::sort(orders);
  return orders;
}

Result<Report> report(const Folder& folder, journal::Rows& rows, const ActId& order) {
  SHOMEI_TRY(const auto standing, read_standing(rows, order));
  SHOMEI_TRY(const auto list, FixedList::open(folder.list(order), standing.order.list));
  SHOMEI_TRY(const auto authorities, read_authorities(rows));
  return report_of(standing, list, authorities);
}

}  // namespace shomei::mass
