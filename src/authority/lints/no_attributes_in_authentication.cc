// An authentication certificate carries no attributes of the person.
#include <algorithm>

#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return !r.find(pki::extension_id::subject_alt_name()) &&
         std::ranges::all_of(r.subject, [](const RawRdn& rdn) {
           return is_type(rdn, pki::NameAttribute::country) || is_type(rdn, pki::NameAttribute::common_name);
         });
}

}  // namespace

constinit const Lint kNoAttributesInAuthentication{
    .id = "no_attributes_in_authentication",
    .citation = "seed: certificate information",
    .about = Lint::About::user_authentication,
    .demand = "an authentication certificate carries no attributes of the person",
    .demand_ja = "利用者証明用の証明書に本人の属性がない",
    .holds = holds};

}  // namespace shomei::authority::lints
