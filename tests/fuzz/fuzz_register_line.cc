// Lines of register files. What is accepted is a record that reads the same when it is written again.
#include <cstdlib>
#include <string_view>

#include "register/register_line.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace shomei::residents;
  const auto line = parse_register_line({reinterpret_cast<const char*>(data), size});
  if (!line || line->resident.id.empty()) return 0;
  const auto written = encode_resident(line->resident);
  const auto again = parse_register_line(written);
  if (!again || encode_resident(again->resident) != written) std::abort();
  return 0;
}
