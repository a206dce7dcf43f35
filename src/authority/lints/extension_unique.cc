// No extension comes twice.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  for (std::size_t i = 0; i < r.extensions.size(); ++i)
    for (std::size_t k = 0; k < i; ++k)
      if (equal(r.extensions[i].id, r.extensions[k].id)) return false;
  return true;
}

}  // namespace

constinit const Lint kExtensionUnique{.id = "extension_unique",
                                      .citation = "RFC 5280 4.2",
                                      .demand = "no extension comes twice",
                                      .demand_ja = "同じ拡張が2度現れない",
                                      .holds = holds};

}  // namespace shomei::authority::lints
