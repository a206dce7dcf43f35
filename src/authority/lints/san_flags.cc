// Name and address have a flag for each character, 1 only where the substitute stands.
#include <algorithm>

#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"
#include "authority/lints/text.h"

namespace shomei::authority::lints {
namespace {

bool fit(ByteView text, ByteView flags, char32_t substitute) {
  while (!text.empty() && !flags.empty()) {
    const char32_t c = take_character(text);
    if (flags[0] != '0' && (flags[0] != '1' || c != substitute)) return false;
    flags = flags.subspan(1);
  }
  return text.empty() && flags.empty();
}

bool holds(const Reading& r) {
  const char32_t substitute = r.in.profile.substitute_character;
  return fit(r.attribute(1), r.attribute(2), substitute) && fit(r.attribute(5), r.attribute(6), substitute);
}

}  // namespace

constinit const Lint kSanFlags{
    .id = "san_flags",
    .citation = "jpki-facts 2.4",
    .about = Lint::About::signature,
    .demand = "name and address have a flag for each character, 1 only where the substitute stands",
    .demand_ja = "氏名と住所に1文字ずつフラグがあり、1は代替文字の位置だけにある",
    .holds = holds};

}  // namespace shomei::authority::lints
