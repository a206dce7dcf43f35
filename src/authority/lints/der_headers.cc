// Every tag and length is in its one form, and no bytes are left over.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return !r.der_faults.has(DerFault::header);
}

}  // namespace

constinit const Lint kDerHeaders{
    .id = "der_headers",
    .citation = "X.690 10.1, 8.1",
    .demand = "every tag and length is in its one form, and no bytes are left over",
    .demand_ja = "タグと長さがそれぞれ唯一の形式で、余分なバイトがない",
    .holds = holds};

}  // namespace shomei::authority::lints
