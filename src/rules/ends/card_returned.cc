// Both certificates end when the card is given back. The reason is UNCONFIRMED and a setting.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (c.facts.event != Event::card_returned) return std::nullopt;
  const Ends ends = ends_in_force(c, true, true, c.at, c.settings.card_returned);
  if (!any(ends)) return informs("no_certificate_ends");
  return informs("card_returned_ends", {}, ends);
}

}  // namespace

constinit const Rule kCardReturned{.id = "card_returned",
                                   .citation = "jpki-facts 3.4",
                                   .since = kFirstCards,
                                   .acts = {Verb::event},
                                   .reads = {Fact::certificates, Fact::event, Fact::at},
                                   .apply = apply};

}  // namespace shomei::rules
