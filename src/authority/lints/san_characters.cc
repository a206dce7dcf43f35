// Name and address have characters of JIS X 0208 and 0212, or the substitute, alone.
#include <bitset>

#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"
#include "authority/lints/text.h"
#include "pki/jis.h"

namespace shomei::authority::lints {
namespace {

constexpr char32_t kPlane = 0x10000;

// All of JIS lies in the first plane. Asked once for each, since asking costs as much as all the other lints.
const std::bitset<kPlane>& jis() {
  static const auto table = [] {
    std::bitset<kPlane> set;
    for (char32_t c = 0; c < kPlane; ++c)
      if (c < 0xD800 || c > 0xDFFF) set.set(c, pki::in_jis(c));
    return set;
  }();
  return table;
}

bool all_in_jis(ByteView text, char32_t substitute) {
  while (!text.empty()) {
    const char32_t c = take_character(text);
    if (c != substitute && (c >= kPlane || !jis().test(c))) return false;
  }
  return true;
}

bool holds(const Reading& r) {
  const char32_t substitute = r.in.profile.substitute_character;
  return all_in_jis(r.attribute(1), substitute) && all_in_jis(r.attribute(5), substitute);
}

}  // namespace

constinit const Lint kSanCharacters{
    .id = "san_characters",
    .citation = "jpki-facts 2.4",
    .about = Lint::About::signature,
    .demand = "name and address have characters of JIS X 0208 and 0212, or the substitute, alone",
    .demand_ja = "氏名と住所の文字が JIS X 0208、0212 のものか代替文字である",
    .holds = holds};

}  // namespace shomei::authority::lints
