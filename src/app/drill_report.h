// The report of a drill: one JSON document, and a page for people in both languages that is signed with the
// journal's key (C2SP signed-note) and has the document's SHA-256 in it.
#pragma once

#include <string>

#include "app/drill_generation.h"
#include "app/drill_revoke.h"

namespace shomei::app {

struct DrillReport {
  std::string json;  // one document, without a line feed
  std::string page;  // before it is signed; ends in a line feed
};

DrillReport report_of(const RevocationDrill& drill, const RevocationDrilled& drilled,
                      std::string_view origin);
DrillReport report_of(const GenerationDrill& drill, const GenerationDrilled& drilled,
                      std::string_view origin);

}  // namespace shomei::app
