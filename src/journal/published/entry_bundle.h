// Entry bundles (C2SP tlog-tiles): the public entries of one tile, each with its length in front as a
// big-endian uint16. Pure.
#pragma once

#include <span>
#include <vector>

#include "base/bytes.h"
#include "journal/entry.h"

namespace shomei::journal {

inline constexpr std::size_t kEntryBytesMax = 256;  // the longest that there can be has 196

Bytes encode_bundle(std::span<const Bytes> entries);
// `count` entries and nothing else: malformed "entry_bundle_form" {what}. What is in them is not looked at.
// The views are into `bundle`.
Result<std::vector<ByteView>> parse_bundle(ByteView bundle, std::size_t count);

}  // namespace shomei::journal
