// Key usage and policies alone are critical.
#include <algorithm>

#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

namespace id = pki::extension_id;

bool holds(const Reading& r) {
  return std::ranges::all_of(r.extensions, [](const RawExtension& e) {
    return e.critical == (is(e.id, id::key_usage()) || is(e.id, id::certificate_policies()));
  });
}

}  // namespace

constinit const Lint kCriticality{.id = "criticality",
                                  .citation = "RFC 5280 4.2; jpki-facts 2.2",
                                  .demand = "key usage and policies alone are critical",
                                  .demand_ja = "鍵用途と証明書ポリシーだけがクリティカルである",
                                  .holds = holds};

}  // namespace shomei::authority::lints
