#include "counter/kinds_in_order.h"

#include <algorithm>
#include <functional>

namespace shomei::counter {

std::vector<pki::CertificateKind> in_order(std::vector<pki::CertificateKind> kinds) {
  std::ranges::sort(kinds, std::ranges::greater{});
  kinds.erase(std::unique(kinds.begin(), kinds.end()), kinds.end());
  return kinds;
}

}  // namespace shomei::counter
