// The serial number is positive.
#include <algorithm>

#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return !r.serial.empty() && r.serial[0] < 0x80 &&
         std::ranges::any_of(r.serial, [](auto b) { return b != 0; });
}

}  // namespace

constinit const Lint kSerialPositive{.id = "serial_positive",
                                     .citation = "RFC 5280 4.1.2.2",
                                     .demand = "the serial number is positive",
                                     .demand_ja = "発行番号が正の数である",
                                     .holds = holds};

}  // namespace shomei::authority::lints
