// Settings files. What is accepted reads the same a second time, and has what a home cannot do without.
#include <cstdlib>
#include <string_view>

#include "home/settings.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace shomei;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto settings = home::parse_settings(text);
  if (!settings) return 0;
  const auto again = home::parse_settings(text);
  if (!again || again->journal_origin != settings->journal_origin || again->rules != settings->rules)
    std::abort();
  if (settings->directory.offices.empty() || settings->profile.authority_years < 1) std::abort();
  for (const auto& token : settings->keys.tokens)
    if (!home::is_key_name(token.name) || settings->keys.token(token.name) == nullptr) std::abort();
  return 0;
}
