#include "journal/published/entry_bundle.h"

#include "base/check.h"

namespace shomei::journal {
namespace {

constexpr std::size_t kLengthBytes = 2;

Error bad_bundle(const std::string& what) {
  return malformed("entry_bundle_form", {{"what", what}}, "C2SP tlog-tiles");
}

}  // namespace

Bytes encode_bundle(std::span<const Bytes> entries) {
  Bytes bundle;
  for (const auto& entry : entries) {
    SHOMEI_INVARIANT(entry.size() <= kEntryBytesMax);
    append_u16(bundle, static_cast<std::uint16_t>(entry.size()));
    append(bundle, entry);
  }
  return bundle;
}

Result<std::vector<ByteView>> parse_bundle(ByteView bundle, std::size_t count) {
  std::vector<ByteView> entries;
  while (!bundle.empty()) {
    const auto at = std::to_string(entries.size());
    if (entries.size() == count) return bad_bundle("bytes follow its last entry");
    if (bundle.size() < kLengthBytes) return bad_bundle("the length of its entry " + at + " is cut off");
    const std::size_t length = static_cast<std::size_t>(bundle[0]) << 8 | bundle[1];
    bundle = bundle.subspan(kLengthBytes);
    if (length > kEntryBytesMax) return bad_bundle("its entry " + at + " is too long");
    if (length > bundle.size()) return bad_bundle("its entry " + at + " is cut off");
    entries.push_back(bundle.first(length));
    bundle = bundle.subspan(length);
  }
  if (entries.size() != count)
    return bad_bundle("it has " + std::to_string(entries.size()) + " entries instead of " +
                      std::to_string(count));
  return entries;
}

}  // namespace shomei::journal
