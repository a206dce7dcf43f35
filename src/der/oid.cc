#include "der/oid.h"

#include <charconv>
#include <cstdint>
#include <limits>

#include "base/check.h"

namespace shomei::der {
namespace {

constexpr std::size_t kOidBytesMax = 64;

void append_base128(Bytes& to, std::uint64_t arc) {
  Bytes reversed{static_cast<std::uint8_t>(arc & 0x7F)};
  while (arc >>= 7) reversed.push_back(static_cast<std::uint8_t>(0x80 | (arc & 0x7F)));
  to.insert(to.end(), reversed.rbegin(), reversed.rend());
}

Error bad_oid(std::string_view text) {
  return malformed("oid_form", {{"text", std::string(text)}}, "X.690 8.19");
}

}  // namespace

Oid::Oid(std::string_view dotted) {
  auto parsed = parse_dotted(dotted);
  SHOMEI_INVARIANT(parsed.has_value());
  *this = *std::move(parsed);
}

Result<Oid> Oid::parse_dotted(std::string_view dotted) {
  std::vector<std::uint64_t> arcs;
  const char* at = dotted.data();
  const char* const end = at + dotted.size();
  while (true) {
    std::uint64_t arc = 0;
    const auto [next, error] = std::from_chars(at, end, arc);
    if (error != std::errc{} || (next - at > 1 && *at == '0')) return bad_oid(dotted);
    arcs.push_back(arc);
    if (next == end) break;
    if (*next != '.') return bad_oid(dotted);
    at = next + 1;
  }
  if (arcs.size() < 2 || arcs[0] > 2 || (arcs[0] < 2 && arcs[1] > 39)) return bad_oid(dotted);
  if (arcs[1] > std::numeric_limits<std::uint64_t>::max() - 80) return bad_oid(dotted);
  Oid oid;
  append_base128(oid.content_, arcs[0] * 40 + arcs[1]);
  for (std::size_t i = 2; i < arcs.size(); ++i) append_base128(oid.content_, arcs[i]);
  if (oid.content_.size() > kOidBytesMax) return bad_oid(dotted);
  return oid;
}

Result<Oid> Oid::parse_content(ByteView content) {
  if (content.empty() || content.size() > kOidBytesMax || (content.back() & 0x80))
    return bad_oid(to_hex(content));
  std::size_t arc_bytes = 0;
  for (auto b : content) {
    if (arc_bytes == 0 && b == 0x80) return bad_oid(to_hex(content));  // a leading zero digit
    arc_bytes = b & 0x80 ? arc_bytes + 1 : 0;
    if (arc_bytes >= 9) return bad_oid(to_hex(content));  // would not fit 64 bits
  }
  Oid oid;
  oid.content_.assign(content.begin(), content.end());
  return oid;
}

std::string Oid::dotted() const {
  std::string text;
  std::uint64_t arc = 0;
  bool first = true;
  for (auto b : content_) {
    arc = arc << 7 | (b & 0x7F);
    if (b & 0x80) continue;
    if (first) {
      const std::uint64_t root = arc < 40 ? 0 : arc < 80 ? 1 : 2;
      text = std::to_string(root) + "." + std::to_string(arc - root * 40);
      first = false;
    } else {
      text += "." + std::to_string(arc);
    }
    arc = 0;
  }
  return text;
}

}  // namespace shomei::der
