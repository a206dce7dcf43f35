// Bundles of entries as a mirror serves them: what parses is made of its entries again. The first byte is the
// count.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "journal/published/entry_bundle.h"

using namespace shomei;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const ByteView bundle(data + 1, size - 1);
  const auto entries = journal::parse_bundle(bundle, data[0]);
  if (!entries) return 0;
  SHOMEI_INVARIANT(entries->size() == data[0]);
  std::vector<Bytes> copies;
  for (const auto entry : *entries) copies.push_back(to_bytes(entry));
  SHOMEI_INVARIANT(equal(journal::encode_bundle(copies), bundle));
  return 0;
}
