// ListPublisher: revocation lists while the services run, each authority's by themselves. One that cannot
// sign keeps no other from it, and is left alone for a while before it is tried again.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "authority/standing_lists.h"
#include "home/home.h"

namespace shomei::app {

class ListPublisher {
 public:
  // Told how each try ended.
  using Report = std::function<void(const std::string& authority, const Result<void>& tried)>;
  // The home, opened for writing, and the clock outlive it.
  ListPublisher(home::Home& home, const Clock& clock, Report report)
      : home_(home), clock_(clock), report_(std::move(report)) {}

  // Signs new lists where the journal has moved on and a list that stands says something else. Authorities
  // that have ended publish none. Returns whether it looked; an error is one that stopped all.
  Result<bool> publish();

 private:
  bool is_due(const std::string& authority, bool moved_on, Instant now) const;
  void publish_of(const std::string& authority);
  Result<void> sign_of(const std::string& authority);
  // Of those that could sign.
  Result<bool> all_say_what_is_true(const std::vector<journal::AuthorityRecord>& authorities);

  home::Home& home_;
  const Clock& clock_;
  Report report_;
  std::optional<authority::StandingLists> lists_;  // none before the first publish()
  std::uint64_t seen_size_ = 0;
  Instant look_again_at_{};
  std::map<std::string, Instant> failed_at_;  // whose last try failed
};

}  // namespace shomei::app
