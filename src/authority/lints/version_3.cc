// The version is 3. Version 3 is written as the number 2.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return equal(r.version, Bytes{2});
}

}  // namespace

constinit const Lint kVersion3{.id = "version_3",
                               .citation = "RFC 5280 4.1.2.1",
                               .demand = "the version is 3",
                               .demand_ja = "バージョンが3である",
                               .holds = holds};

}  // namespace shomei::authority::lints
