// The date of birth is the era's digit and a day of that era, not after the issue.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"
#include "pki/personal_attributes.h"

namespace shomei::authority::lints {
namespace {

constexpr std::size_t kDigits = 9;

bool holds(const Reading& r) {
  const std::string_view text = text_of(r.attribute(4));
  if (text.size() != kDigits) return false;
  const auto born = parse_date(std::string(text.substr(1, 4)) + "-" + std::string(text.substr(5, 2)) + "-" +
                               std::string(text.substr(7)));
  return born && pki::encode_birth_date(*born) == text && *born <= jst_date(r.in.tbs.not_before);
}

}  // namespace

constinit const Lint kSanBirthDate{
    .id = "san_birth_date",
    .citation = "jpki-facts 2.4",
    .about = Lint::About::signature,
    .demand = "the date of birth is the era's digit and a day of that era, not after the issue",
    .demand_ja = "生年月日が元号の数字とその元号の日で、発行日より後でない",
    .holds = holds};

}  // namespace shomei::authority::lints
