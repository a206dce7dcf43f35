// The subject is C=JP, in a signature certificate two L, and CN, in this order.
#include <algorithm>
#include <vector>

#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

using pki::NameAttribute;

bool holds(const Reading& r) {
  std::vector<NameAttribute> wanted{NameAttribute::country};
  if (r.is_signature()) wanted.insert(wanted.end(), {NameAttribute::locality, NameAttribute::locality});
  wanted.push_back(NameAttribute::common_name);
  return std::ranges::equal(r.subject, wanted, is_type) && is(r.subject[0].text, "JP");
}

}  // namespace

constinit const Lint kSubjectForm{
    .id = "subject_form",
    .citation = "jpki-facts 2.2, 2.3",
    .demand = "the subject is C=JP, in a signature certificate two L, and CN, in this order",
    .demand_ja = "主体者名が C=JP、（署名用では L を2つ）、CN の順である",
    .holds = holds};

}  // namespace shomei::authority::lints
