// The subject's CN is six digits, eight of 0-9A-Z, the municipality's code and 003A. What it means beyond
// the municipality is UNCONFIRMED; ours is random, and nothing of the person can be in it.
#include <algorithm>

#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

constexpr std::size_t kDigits = 6;
constexpr std::size_t kLettersAndDigits = 8;
constexpr std::string_view kEnd = "003A";

bool is_opaque(std::string_view name, std::string_view code) {
  if (name.size() != kDigits + kLettersAndDigits + code.size() + kEnd.size()) return false;
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto head = name.substr(0, kDigits);
  const auto middle = name.substr(kDigits, kLettersAndDigits);
  return std::ranges::all_of(head, digit) &&
         std::ranges::all_of(middle, [&](char c) { return digit(c) || letter(c); }) &&
         name.substr(kDigits + kLettersAndDigits, code.size()) == code && name.ends_with(kEnd);
}

bool holds(const Reading& r) {
  return std::ranges::any_of(r.subject, [&](const RawRdn& rdn) {
    return is_type(rdn, pki::NameAttribute::common_name) && is_opaque(text_of(rdn.text), r.in.place.code);
  });
}

}  // namespace

constinit const Lint kSubjectOpaque{
    .id = "subject_opaque",
    .citation = "jpki-facts 2.2",
    .demand = "the subject's CN is six digits, eight of 0-9A-Z, the municipality's code and 003A",
    .demand_ja = "主体者名の CN が数字6桁、0-9A-Z の8文字、市区町村コード、003A である",
    .holds = holds};

}  // namespace shomei::authority::lints
