// What follows from an event can only be said of a named one.
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (!c.facts.event) return lacks(Fact::event);
  return std::nullopt;
}

}  // namespace

constinit const Rule kEventNamed{.id = "event_named",
                                 .citation = "jpki-facts 3.4",
                                 .since = kFirstCards,
                                 .acts = {Verb::event},
                                 .reads = {Fact::event},
                                 .apply = apply};

}  // namespace shomei::rules
