// A status list at the head of a home's journal: from the snapshot that the home has, where it can be used,
// and the journal from there on; else from its beginning.
#pragma once

#include <functional>
#include <memory>

#include "home/home.h"
#include "status/follow.h"
#include "status/status_list.h"

namespace shomei::app {

// Into an empty list, and a follower of it that has not begun: the snapshot that the settings name. False:
// there is none. What files, status/snapshot.h and Follower::resume say: it is not used, and nothing was
// changed.
Result<bool> start_from_snapshot(const home::Home& home, status::StatusList& list,
                                 status::Follower& follower);

struct FollowedList {
  FollowedList(const home::Home& home, journal::VerifierKey key)
      : follower(home.engine(), list, home.clock(), std::move(key)) {}
  status::StatusList list;
  status::Follower follower;
};

// The home outlives it. `told` gets the error of a snapshot that was not used. What Follower::catch_up says.
Result<std::unique_ptr<FollowedList>> follow_to_head(const home::Home& home,
                                                     const std::function<void(const Error&)>& told);

}  // namespace shomei::app
