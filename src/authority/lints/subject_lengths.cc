// The subject's values keep to the upper bounds: C 2, L 128, CN 64 characters.
// ub-country-name-alpha-length, ub-locality-name, ub-common-name: counted in characters, not in bytes.
#include <algorithm>

#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

std::ptrdiff_t characters(ByteView utf8) {
  return std::ranges::count_if(utf8, [](auto b) { return (b & 0xC0) != 0x80; });
}

bool fits(const RawRdn& rdn) {
  const auto count = characters(rdn.text);
  if (is_type(rdn, pki::NameAttribute::country)) return count == 2;
  return count >= 1 && count <= (is_type(rdn, pki::NameAttribute::locality) ? 128 : 64);
}

bool holds(const Reading& r) {
  return r.subject.size() > 0 && std::ranges::all_of(r.subject, fits);
}

}  // namespace

constinit const Lint kSubjectLengths{
    .id = "subject_lengths",
    .citation = "RFC 5280 A.1",
    .demand = "the subject's values keep to the upper bounds: C 2, L 128, CN 64 characters",
    .demand_ja = "主体者名の値が上限内である（C 2文字、L 128文字、CN 64文字）",
    .holds = holds};

}  // namespace shomei::authority::lints
