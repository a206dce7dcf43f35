// The serial number has at most 20 octets.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

constexpr std::size_t kOctetsMax = 20;

bool holds(const Reading& r) {
  return r.serial.size() <= kOctetsMax;
}

}  // namespace

constinit const Lint kSerialLength{.id = "serial_length",
                                   .citation = "RFC 5280 4.1.2.2",
                                   .demand = "the serial number has at most 20 octets",
                                   .demand_ja = "発行番号が20オクテット以下である",
                                   .holds = holds};

}  // namespace shomei::authority::lints
