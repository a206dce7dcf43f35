// The subject's alternative name is the six attributes in the order 1, 4, 3, 5, 2, 6, each once, as
// UTF8Strings.
#include <algorithm>
#include <array>

#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

// 1.2.392.200149.8.5.5
constexpr std::array<std::uint8_t, 9> kArc{0x2A, 0x83, 0x08, 0x8C, 0x9B, 0x55, 0x08, 0x05, 0x05};
constexpr std::array<std::uint8_t, 6> kOrder{1, 4, 3, 5, 2, 6};

bool holds(const Reading& r) {
  return r.san_structured &&
         std::ranges::equal(r.other_names, kOrder, [](const RawOtherName& name, std::uint8_t number) {
           return name.tag == der::kUtf8String && name.type.size() == kArc.size() + 1 &&
                  starts_with(name.type, kArc) && name.type.back() == number;
         });
}

}  // namespace

constinit const Lint kSanNames{
    .id = "san_names",
    .citation = "jpki-facts 2.4",
    .about = Lint::About::signature,
    .demand =
        "the subject's alternative name is the six attributes in the order 1, 4, 3, 5, 2, 6, each once, as "
        "UTF8Strings",
    .demand_ja = "主体者の別名が6つの属性で、1、4、3、5、2、6 の順に1度ずつ、UTF8String で並んでいる",
    .holds = holds};

}  // namespace shomei::authority::lints
