// The extensions stand in their order.
#include "authority/lints/all_lints.h"
#include "authority/lints/extension_places.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  int before = 0;
  for (const auto& extension : r.extensions) {
    const int place = place_of(extension.id);
    if (place == kNoPlace) continue;
    if (place < before) return false;
    before = place;
  }
  return true;
}

}  // namespace

constinit const Lint kExtensionOrder{.id = "extension_order",
                                     .citation = "jpki-facts 2.2, 2.3",
                                     .demand = "the extensions stand in their order",
                                     .demand_ja = "拡張が決められた順に並んでいる",
                                     .holds = holds};

}  // namespace shomei::authority::lints
