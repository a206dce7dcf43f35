// The address has no digit, hyphen or space of half width.
#include <algorithm>

#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return std::ranges::none_of(text_of(r.attribute(5)),
                              [](char c) { return (c >= '0' && c <= '9') || c == '-' || c == ' '; });
}

}  // namespace

constinit const Lint kSanAddressWidth{.id = "san_address_width",
                                      .citation = "jpki-facts 2.4",
                                      .about = Lint::About::signature,
                                      .demand = "the address has no digit, hyphen or space of half width",
                                      .demand_ja = "住所に半角の数字、ハイフン、空白がない",
                                      .holds = holds};

}  // namespace shomei::authority::lints
