// The certificates of a card end when a new card takes its place: after loss or theft for the doubt about the
// key, else as superseded.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  const auto& g = c.facts.ground;
  const bool doubt = g == Ground::lost || g == Ground::stolen || g == Ground::leak ||
                     (!g && c.facts.card_state == CardState::lost);
  const Ends ends = ends_of_act(c, doubt ? c.settings.key_doubt : Reason::superseded);
  if (!any(ends)) return std::nullopt;
  return informs("card_replaced_ends", {}, ends);
}

}  // namespace

constinit const Rule kCardReplaced{.id = "card_replaced",
                                   .citation = "jpki-facts 2.6, 3.4",
                                   .since = kFirstCards,
                                   .acts = {Verb::replace_card},
                                   .reads = {Fact::certificates, Fact::ground, Fact::card_state, Fact::at},
                                   .apply = apply};

}  // namespace shomei::rules
