// Journal entries and their parts as a stranger's copy of a journal may hold them: what parses has one
// encoding.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "journal/entry.h"
#include "journal/part.h"
#include "journal/status_part.h"

using namespace shomei;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  if (const auto entry = journal::parse_entry(bytes))
    SHOMEI_INVARIANT(equal(journal::encode_entry(*entry), bytes));
  if (const auto fields = journal::parse_fields(bytes))
    SHOMEI_INVARIANT(equal(journal::encode_fields(*fields), bytes));
  if (const auto changes = journal::parse_status_part(bytes))
    SHOMEI_INVARIANT(equal(journal::encode_status_part(*changes), bytes));
  return 0;
}
