// Manifests of backups. What is accepted is written again as the same, and none of its paths leads out of a
// home.
#include <cstdlib>
#include <string_view>

#include "home/backup/manifest.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace shomei;
  const auto manifest = home::parse_manifest({reinterpret_cast<const char*>(data), size});
  if (!manifest) return 0;
  for (const auto& file : manifest->files)
    if (file.path.empty() || file.path.front() == '/' || file.path.front() == '.' ||
        file.path.find("/.") != std::string::npos)
      std::abort();
  const auto text = home::encode_manifest(*manifest);
  const auto again = home::parse_manifest(text);
  if (!again || home::encode_manifest(*again) != text) std::abort();
  return 0;
}
