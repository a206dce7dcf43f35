// Carries a fixed and approved order out, part by part: each part is one transaction of the rows that change
// and the entry that says so, so that an interruption at any moment leaves whole parts, and whoever goes on
// begins behind the last. Nothing is done twice: where the act is comes from the journal, and a certificate
// that has moved on meanwhile is passed over.
#pragma once

#include <functional>
#include <optional>

#include "mass/pace.h"
#include "mass/parts.h"
#include "mass/report.h"

namespace shomei::mass {

struct Going {
  // Who carries it out, and is admitted to it; whoever breaks the glass needs no agreement. None: who ordered
  // it.
  std::optional<counter::Officer> officer = {};
  std::uint64_t part_most = Pace::kMost;              // certificates of an entry
  std::function<bool()> stop = [] { return false; };  // asked between two parts
  std::function<void(std::uint64_t through, std::uint64_t of)> progress = [](auto, auto) {};
  // Once all is done: publishes the revocation lists that show it, and says which they are.
  std::function<Result<std::vector<ShownIn>>(const Standing&)> publish_lists;
};

// What it has come to: all of it, or as far as it came when it was stopped, by `stop` or by pause(). refused
// "mass_ended" {order, stage}, "mass_list_altered", what counter/admit.h and expect_agreed() say; not_found
// "mass_order_unknown", "mass_list_missing"; conflict "mass_under_way" {order}: another is carrying it out.
// What is refused leaves its trace, here and below.
Result<Report> carry_out(const Parts& parts, const ActId& order, const Going& going);

// Lets whoever carries it out stop behind the part at hand, by an act of its own ("pause_mass") that needs
// nobody's word: it takes nothing away. The same twice is no mistake. As above.
Result<Standing> pause(const Parts& parts, const counter::Officer& officer, const ActId& order);
// Ends it for good: what is done stays done. As above; refused "mass_all_done": only its end is missing; the
// report is that of what was done. Once it has begun, as many others must agree as to the order: what is half
// done stays so, and others have agreed to the whole.
Result<Report> cancel(const Parts& parts, const counter::Officer& officer, const ActId& order);
// Of any order at any time.
Result<Report> report(const Folder& folder, journal::Rows& rows, const ActId& order);

// The orders whose lists are here, oldest first.
std::vector<ActId> known_orders(const Folder& folder);

}  // namespace shomei::mass
