#include "card/trust/pinned_authorities.h"

#include <algorithm>
#include <iterator>

#include "base/bytes.h"

namespace shomei::card::trust {
namespace {

constexpr PinnedAuthority kPinned[] = {
    {"signca01", Kind::signature, "19645405A1FE14377434BD55957628AC4038557C542403A2243F21C706FC9355"},
    {"signca02", Kind::signature, "79679C33E4CC9319440F1AD120A597FF1844E2EF217063ADB176966FD5E6FBEB"},
    {"signca03", Kind::signature, "D227F6CDE11D35C5252178F106F843D24651944975413B539FA2FB68DBFA365F"},
    {"authca01", Kind::user_authentication,
     "4DCFC4CA0AAF9FB2A3081B3F0C991C320B3ACC008667A341EEAEC5AF1D58CA7D"},
    {"authca03", Kind::user_authentication,
     "64114F29620C24ED2631D46476A040E7EE740D956089C00B036A6A8118C322B5"},
};

}  // namespace

std::span<const PinnedAuthority> pinned_authorities() {
  return kPinned;
}

const PinnedAuthority* find_pinned(const crypto::Sha256& fingerprint) {
  const auto* found = std::ranges::find(kPinned, to_hex_upper(fingerprint), &PinnedAuthority::fingerprint);
  return found == std::end(kPinned) ? nullptr : found;
}

}  // namespace shomei::card::trust
