#include "filter/walk.h"

#include <algorithm>

#include "base/check.h"

namespace shomei::filter {

Result<std::vector<Tally>> walk(Source& source, const Salt& salt, const VisitKey& visit) {
  std::vector<Tally> tallies(source.authorities().size());
  const auto see = [&](std::size_t authority, const pki::SerialNumber& serial, bool revoked) {
    SHOMEI_INVARIANT(authority < tallies.size());
    const Key key = key_of(salt, serial);
    auto& tally = tallies[authority];
    ++tally.count.issued;
    tally.count.revoked += revoked ? 1 : 0;
    tally.sum += revoked ? key.low : key.high;
    visit(authority, key, revoked);
  };
  SHOMEI_CHECK(source.each(see));
  return tallies;
}

Result<void> walk_again(Source& source, const Salt& salt, const std::vector<Tally>& earlier,
                        const VisitKey& visit) {
  SHOMEI_TRY(const auto tallies, walk(source, salt, visit));
  if (tallies != earlier) return conflict("filter_source_moved");
  return {};
}

Error serial_twice(const Authority& authority) {
  return conflict("filter_serial_twice", {{"authority", authority.name}}, "RFC 5280 4.1.2.2");
}

Result<void> sort_once(std::vector<Key>& keys, const Authority& authority) {
  std::ranges::sort(keys);
  if (std::ranges::adjacent_find(keys) != keys.end()) return serial_twice(authority);
  return {};
}

}  // namespace shomei::filter
