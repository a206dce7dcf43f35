// Builds a retrieval map.
#pragma once

#include <functional>
#include <span>

#include "filter/retrieval.h"

namespace shomei::filter {

// The value that the key of that place in the list shall have, in a map of that shape: its seed may change
// until the map can be built.
using ValueOf = std::function<std::uint32_t(std::size_t index, const Shape& shape)>;

// The keys ascend strictly. The same keys and values give the same map. Needs about 40 bytes a key while it
// builds. `seed` is the first that is tried; a build that fails takes the next and a little more room.
Retrieval build_retrieval(std::span<const Key> keys, unsigned columns, std::uint32_t seed,
                          const ValueOf& value_of);

}  // namespace shomei::filter
