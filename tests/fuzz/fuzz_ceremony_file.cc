// Ceremony files. What is accepted has what a ceremony needs, and reads the same a second time.
#include <cstdlib>
#include <string_view>

#include "home/ceremony/ceremony_file.h"
#include "home/ceremony/planned.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace shomei;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (text.size() > home::kCeremonyFileBytesMax) return 0;
  const auto file = home::parse_ceremony_file(text);
  if (!file) return 0;
  if (file->witnesses.empty() || file->authorities.empty()) std::abort();
  const auto again = home::parse_ceremony_file(text);
  if (!again || again->digest != file->digest) std::abort();
  for (const auto& key : home::keys_of(*file))
    if (!home::is_key_name(key.name)) std::abort();
  for (const auto& planned : file->authorities)
    if (planned.years < 1 || home::published_names(planned).empty() ||
        home::founding_act(file->digest, planned.authority_name()).empty())
      std::abort();
  return 0;
}
