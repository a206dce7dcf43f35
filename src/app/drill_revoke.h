// The rehearsal of the day on which everything of an authority is revoked: on a copy of the home, with nodes
// that follow it, by the same mass act as on the day itself. What it took is measured, and what the residents
// and the counters would have to do is reckoned.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "home/home.h"
#include "journal/copy/copy.h"
#include "mass/report.h"

namespace shomei::app {

struct RevocationDrill {
  std::string issuer;  // "signature-1"
  rules::Reason reason{};
  std::uint64_t count = 0;        // certificates; a demo's copy is filled up to so many, under the issuer
  unsigned nodes = 1;             // that follow
  unsigned counters = 1;          // that re-issue, at each office
  std::chrono::minutes each{15};  // a resident at a counter
  unsigned hours_a_day = 8;       // that counters are open
  std::function<void(std::string_view, std::uint64_t)> progress = [](auto, auto) {};
  std::function<bool()> stop = [] { return false; };
};

struct DrilledNode {
  std::vector<double> lags_ms;  // ascending: from a commit until this node showed it
  bool last_is_revoked = false;
};

struct DrilledList {
  mass::ShownIn list;
  std::uint64_t bytes = 0;
};

struct RevocationDrilled {
  InstantMs begun, ended;
  std::uint64_t entries_copied = 0;
  std::uint64_t filled = 0;  // certificates that were made up for the drill
  double copying = 0, fixing = 0, revoking = 0, showing = 0, listing = 0;  // seconds, one after the other
  mass::Report report;
  std::vector<DrilledNode> nodes;
  std::vector<DrilledList> lists;
  // Of the residents at the counters that there are: of everybody, and until the last municipality is done.
  std::uint64_t offices = 0;
  double counter_hours = 0, days_until_done = 0;
};

// not_found "authority_unknown"; refused "rehearsal_key_on_token"; "drill_too_few" {there, wanted}: in a home
// that is no demo nothing is made up; unavailable "interrupted"; what the parts say.
Result<RevocationDrilled> drill_revocation(const home::Home& of, const RevocationDrill& drill,
                                           const journal::CopyProgress& copying);

}  // namespace shomei::app
