#include "pki/extension_list.h"

#include <algorithm>

namespace shomei::pki {
namespace {

constexpr std::size_t kExtensionsMax = 32;

Error bad(std::string_view what) {
  return malformed("extension_list_form", {{"what", std::string(what)}}, "RFC 5280 4.2");
}

}  // namespace

Result<std::vector<Extension>> take_extension_list(der::Reader& reader) {
  der::Reader ahead = reader;
  SHOMEI_TRY(auto list, ahead.enter(der::kSequence));
  if (list.done()) return bad("the list is empty");
  std::vector<Extension> extensions;
  while (!list.done()) {
    if (extensions.size() == kExtensionsMax) return bad("more than 32 extensions");
    SHOMEI_TRY(auto extension, take_extension(list));
    if (std::ranges::find(extensions, extension.id, &Extension::id) != extensions.end())
      return bad("the extension " + extension.id.dotted() + " stands twice");
    extensions.push_back(std::move(extension));
  }
  reader = ahead;
  return extensions;
}

}  // namespace shomei::pki
