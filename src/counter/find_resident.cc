#include "counter/find_resident.h"

namespace shomei::counter {

Result<residents::Resident> find_resident(journal::Rows& rows, const std::string& typed) {
  if (const auto id = ResidentId::parse(typed)) {
    SHOMEI_TRY(auto resident, rows.find_resident(*id));
    if (resident) return *std::move(resident);
  }
  SHOMEI_TRY(auto named, rows.find_residents_named(typed));
  if (named.empty()) return not_found("resident_unknown", {{"resident", typed}});
  if (named.size() > 1) {
    std::string ids;
    for (const auto& resident : named) ids += (ids.empty() ? "" : ", ") + resident.id.text();
    return conflict("resident_name_ambiguous", {{"name", typed}, {"ids", ids}});
  }
  return std::move(named.front());
}

}  // namespace shomei::counter
