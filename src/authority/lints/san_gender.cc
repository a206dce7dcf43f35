// The gender is 1, 2 or 3.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  const std::string_view text = text_of(r.attribute(3));
  return text == "1" || text == "2" || text == "3";
}

}  // namespace

constinit const Lint kSanGender{.id = "san_gender",
                                .citation = "jpki-facts 2.4",
                                .about = Lint::About::signature,
                                .demand = "the gender is 1, 2 or 3",
                                .demand_ja = "性別が 1、2、3 のいずれかである",
                                .holds = holds};

}  // namespace shomei::authority::lints
