// The unused bits of every BIT STRING are zero.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return !r.der_faults.has(DerFault::bit_string);
}

}  // namespace

constinit const Lint kDerBitStrings{.id = "der_bit_strings",
                                    .citation = "X.690 11.2.1",
                                    .demand = "the unused bits of every BIT STRING are zero",
                                    .demand_ja = "BIT STRING の未使用ビットがすべて0である",
                                    .holds = holds};

}  // namespace shomei::authority::lints
