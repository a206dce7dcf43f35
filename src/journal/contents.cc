#include "journal/contents.h"

#include "crypto/digest.h"

namespace shomei::journal {

std::array<RowKind, kRowKinds> all_row_kinds() {
  std::array<RowKind, kRowKinds> all{};
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<RowKind>(i);
  return all;
}

std::string_view name(RowKind kind) {
  static constexpr std::array<std::string_view, kRowKinds> kNames{
      "resident", "card", "authority", "serial_space", "certificate", "blocked_key",
      "request",  "crl",  "entry",     "about",        "tile",        "head"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::int64_t mark_of(const ResidentId& resident) {
  const auto digest = crypto::sha256(view(resident.text()));
  std::uint64_t mark = 0;
  for (std::size_t i = 0; i < sizeof mark; ++i) mark = mark << 8U | digest[i];
  return static_cast<std::int64_t>(mark);
}

}  // namespace shomei::journal
