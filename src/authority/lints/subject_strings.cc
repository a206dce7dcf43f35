// The subject's country is a PrintableString and all else UTF8Strings.
#include <algorithm>

#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return std::ranges::all_of(r.subject, [](const RawRdn& rdn) {
    const bool country = is_type(rdn, pki::NameAttribute::country);
    return rdn.tag == (country ? der::kPrintableString : der::kUtf8String);
  });
}

}  // namespace

constinit const Lint kSubjectStrings{
    .id = "subject_strings",
    .citation = "RFC 5280 4.1.2.4; jpki-facts 2.2",
    .demand = "the subject's country is a PrintableString and all else UTF8Strings",
    .demand_ja = "主体者名の国が PrintableString で、ほかが UTF8String である",
    .holds = holds};

}  // namespace shomei::authority::lints
