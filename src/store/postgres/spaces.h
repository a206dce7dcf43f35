// The numbers of serial spaces, which rows have in the place of their long names. A space that was committed
// keeps its number for ever.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace shomei::store::postgres {

using Spaces = std::map<std::string, std::int64_t>;

// What committed rows have; used by many threads.
class SharedSpaces {
 public:
  Spaces get() const {
    const std::lock_guard lock(mutex_);
    return spaces_;
  }
  void learn(const Spaces& committed) {
    const std::lock_guard lock(mutex_);
    spaces_.insert(committed.begin(), committed.end());
  }

 private:
  mutable std::mutex mutex_;
  Spaces spaces_;
};

}  // namespace shomei::store::postgres
