// Offices and municipalities: where an act is done, and how certificates name the place (settings of the
// home).
#pragma once

#include <string>
#include <vector>

#include "authority/profile.h"
#include "base/identifier.h"
#include "base/result.h"

namespace shomei::counter {

struct Office {
  OfficeId id;
  std::string kind;          // "city_hall", "branch_office", ...
  std::string municipality;  // five digits
  std::string name;          // for people
};

struct Directory {
  std::vector<Office> offices;
  std::vector<authority::Municipality> municipalities;

  Result<Office> office(const OfficeId& id) const {  // not_found "office_unknown"
    std::string known;
    for (const auto& o : offices) {
      if (o.id == id) return o;
      known += (known.empty() ? "" : ", ") + o.id.text();
    }
    return not_found("office_unknown", {{"office", id.text()}, {"known", known}});
  }
  Result<authority::Municipality> municipality(
      const std::string& code) const {  // not_found "municipality_unknown"
    for (const auto& m : municipalities)
      if (m.code == code) return m;
    return not_found("municipality_unknown", {{"municipality", code}});
  }
};

}  // namespace shomei::counter
