// Names of tiles as a stranger asks for them: what parses has one form.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "journal/published/tile_path.h"

using namespace shomei;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto path = journal::parse_tile_path(text)) {
    SHOMEI_INVARIANT(journal::encode_tile_path(*path) == text);
    SHOMEI_INVARIANT(journal::width_at(~std::uint64_t{0}, path->level, path->index) <= journal::kTileWidth);
  }
  return 0;
}
