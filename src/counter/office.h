// Offices and municipalities: where an act is done, and how certificates name the place (settings of the
// home).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "authority/profile.h"
#include "base/identifier.h"
#include "base/result.h"
#include "rules/facts.h"

namespace shomei::counter {

struct Office {
  OfficeId id;
  rules::OfficeKind kind{};
  std::string municipality;           // five digits; empty of a mission or a call centre
  std::string name;                   // for people
  std::optional<rules::Hours> hours;  // none: always open
};

struct Directory {
  std::vector<Office> offices;
  std::vector<authority::Municipality> municipalities;

  Result<Office> office(const OfficeId& id) const {  // not_found "office_unknown"
    for (const auto& o : offices)
      if (o.id == id) return o;
    std::string known;
    for (const auto& o : offices) known += (known.empty() ? "" : ", ") + o.id.text();
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
