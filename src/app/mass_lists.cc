#include "app/mass_lists.h"

#include "authority/standing_lists.h"

namespace shomei::app {
namespace {

using Large = authority::StandingLists::Large;

constexpr int kTriesMax = 100;

// At once they are as many as one signing makes.
Result<void> publish_of(home::Home& home, authority::StandingLists& lists, const std::string& name) {
  SHOMEI_TRY(const auto* authority, home.authority_of_lists(name));
  if (authority::has_ended(authority->certificate(), home.clock().now())) return {};
  for (int tries = 0; tries < kTriesMax; ++tries) {
    const auto published = lists.publish(*authority, Large::at_once);
    // A service that publishes too may have been faster: what it has made is read then.
    if (!published && published.error().fault != Fault::conflict) return published;
    SHOMEI_TRY(const bool done, lists.say_what_is_true(name));
    if (done) return {};
  }
  return unavailable("mass_lists_not_published", {{"authority", name}});
}

}  // namespace

Result<std::vector<mass::ShownIn>> publish_lists(home::Home& home, const mass::Standing& standing) {
  authority::StandingLists lists(home.journal(), home.settings().crl, home.list_places());
  for (const auto& [name, count] : standing.order.found.by_authority)
    SHOMEI_CHECK(publish_of(home, lists, name));
  SHOMEI_TRY(const auto rows, home.rows());
  SHOMEI_TRY(const auto stand, rows->latest_crls());
  std::vector<mass::ShownIn> shown;
  for (const auto& list : stand) {
    SHOMEI_TRY(const auto name, journal::ListName::parse(list.name));
    const bool concerned =
        standing.order.found.by_authority.contains(name.authority) &&
        (name.partition.empty() || standing.order.found.by_municipality.contains(name.partition));
    if (concerned) shown.push_back({list.name, list.number, list.this_update});
  }
  return shown;
}

}  // namespace shomei::app
