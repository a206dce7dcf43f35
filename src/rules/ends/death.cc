// Both certificates end with their holder. The reason is UNCONFIRMED and a setting.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (c.facts.event != Event::died) return std::nullopt;
  const Ends ends = ends_in_force(c, true, true, c.at, c.settings.death);
  if (!any(ends)) return informs("no_certificate_ends");
  return informs("death_ends", {}, ends);
}

}  // namespace

constinit const Rule kDeath{.id = "death",
                            .citation = "jpki-facts 3.4",
                            .since = kFirstCards,
                            .acts = {Verb::event},
                            .reads = {Fact::certificates, Fact::event, Fact::at},
                            .apply = apply};

}  // namespace shomei::rules
