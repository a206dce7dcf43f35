#include "signing/cms/ecdsa_value.h"

#include <algorithm>

#include "der/writer.h"

namespace shomei::signing::cms {
namespace {

constexpr std::size_t kNumberBytesMax = 66;  // P-521

bool is_zero(ByteView number) {
  return std::ranges::all_of(number, [](auto byte) { return byte == 0; });
}

}  // namespace

Result<Bytes> encode_ecdsa_value(ByteView r_and_s) {
  const std::size_t half = r_and_s.size() / 2;
  const auto r = r_and_s.first(half), s = r_and_s.subspan(half);
  if (half == 0 || r_and_s.size() % 2 != 0 || half > kNumberBytesMax || is_zero(r) || is_zero(s))
    return malformed("ecdsa_signature_form", {{"bytes", std::to_string(r_and_s.size())}});
  return der::sequence({der::integer_of_magnitude(r), der::integer_of_magnitude(s)});
}

}  // namespace shomei::signing::cms
