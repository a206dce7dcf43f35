// One walk over a source, and whether the next one sees the same.
#pragma once

#include <functional>
#include <vector>

#include "filter/section.h"
#include "filter/source.h"

namespace shomei::filter {

// What a walk saw of one authority: `sum` depends on every key and its state, and not on their order.
struct Tally {
  Count count;
  std::uint64_t sum = 0;
  bool operator==(const Tally&) const = default;
};

using VisitKey = std::function<void(std::size_t authority, const Key& key, bool revoked)>;

// What the source says when it cannot be walked.
Result<std::vector<Tally>> walk(Source& source, const Salt& salt, const VisitKey& visit);
// The same, and conflict "filter_source_moved" where it saw other than the earlier walk.
Result<void> walk_again(Source& source, const Salt& salt, const std::vector<Tally>& earlier,
                        const VisitKey& visit);

// Sorts; conflict "filter_serial_twice" {authority} where a key comes twice.
Result<void> sort_once(std::vector<Key>& keys, const Authority& authority);
Error serial_twice(const Authority& authority);

}  // namespace shomei::filter
