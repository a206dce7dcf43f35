// Every extension is one of the profile.
#include <algorithm>

#include "authority/lints/all_lints.h"
#include "authority/lints/extension_places.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return std::ranges::all_of(r.extensions, [](const RawExtension& e) { return place_of(e.id) != kNoPlace; });
}

}  // namespace

constinit const Lint kExtensionKnown{.id = "extension_known",
                                     .citation = "RFC 5280 4.2; jpki-facts 2.2, 2.3",
                                     .demand = "every extension is one of the profile",
                                     .demand_ja = "拡張がすべてプロファイルにあるものである",
                                     .holds = holds};

}  // namespace shomei::authority::lints
