// The name has 1 to 100 characters and the address 1 to 200.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"
#include "authority/lints/text.h"
#include "base/limits.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  const auto name = characters(r.attribute(1));
  const auto address = characters(r.attribute(5));
  return name >= 1 && name <= limits::kNameCharactersMax && address >= 1 &&
         address <= limits::kAddressCharactersMax;
}

}  // namespace

constinit const Lint kSanLengths{.id = "san_lengths",
                                 .citation = "jpki-facts 2.4",
                                 .about = Lint::About::signature,
                                 .demand = "the name has 1 to 100 characters and the address 1 to 200",
                                 .demand_ja = "氏名が1から100文字、住所が1から200文字である",
                                 .holds = holds};

}  // namespace shomei::authority::lints
