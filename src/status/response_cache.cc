#include "status/response_cache.h"

#include <utility>

namespace shomei::status {

std::shared_ptr<const SignedAnswer> ResponseCache::find(const std::string& key) {
  std::shared_ptr<const SignedAnswer> answer;
  {
    const std::lock_guard lock(mutex_);
    if (const auto at = young_.find(key); at != young_.end()) return at->second;
    const auto at = old_.find(key);
    if (at == old_.end()) return nullptr;
    answer = at->second;
  }
  insert(key, answer);
  return answer;
}

void ResponseCache::insert(std::string key, std::shared_ptr<const SignedAnswer> answer) {
  Half gone;  // freed after the lock
  const std::lock_guard lock(mutex_);
  if (half_max_ == 0) return;
  if (young_.size() >= half_max_ && !young_.contains(key))
    gone = std::exchange(old_, std::exchange(young_, {}));
  old_.erase(key);
  young_.insert_or_assign(std::move(key), std::move(answer));
}

void ResponseCache::clear() {
  const std::lock_guard lock(mutex_);
  young_.clear();
  old_.clear();
}

std::size_t ResponseCache::size() const {
  const std::lock_guard lock(mutex_);
  return young_.size() + old_.size();
}

}  // namespace shomei::status
