#include "filter/cursor.h"

#include <algorithm>

namespace shomei::filter {

Error bad_form(std::string_view what) {
  return malformed("filter_form", {{"what", std::string(what)}});
}

Result<ByteView> Cursor::take(std::uint64_t count) {
  if (count > rest_.size()) return bad_form("it is cut off");
  const auto taken = rest_.first(count);
  rest_ = rest_.subspan(count);
  return taken;
}

Result<std::uint64_t> Cursor::take_number(unsigned bytes) {
  SHOMEI_TRY(const auto taken, take(bytes));
  std::uint64_t number = 0;
  for (const auto byte : taken) number = number << 8 | byte;
  return number;
}

Result<crypto::Sha256> Cursor::take_digest() {
  crypto::Sha256 digest;
  SHOMEI_TRY(const auto taken, take(digest.size()));
  std::ranges::copy(taken, digest.begin());
  return digest;
}

Result<std::string> Cursor::take_text(unsigned length_bytes) {
  SHOMEI_TRY(const auto length, take_number(length_bytes));
  SHOMEI_TRY(const auto taken, take(length));
  return to_text(taken);
}

Result<void> Cursor::expect_done() const {
  if (!rest_.empty()) return bad_form("bytes follow it");
  return {};
}

}  // namespace shomei::filter
