// A signature certificate does not outlive the user authentication certificate beside it. Where both are made
// at once, authentication is decided first and stands among the certificates here.
#include "rules/days.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (c.act.kind != Kind::signature) return std::nullopt;
  const auto* authentication = in_force(c.facts, Kind::user_authentication, c.on);
  if (!authentication) return std::nullopt;
  const Date last_day = authentication->not_after;
  // A renewal that the other certificate caps gains nothing while that one could be renewed first.
  if (c.act.verb == Verb::renew && renewal_opens(last_day) <= c.on)
    return limits("renew_authentication_first", last_day);
  return limits("ends_with_authentication", last_day);
}

}  // namespace

constinit const Rule kAuthenticationLimit{.id = "authentication_limit",
                                          .citation = "jpki-facts 3.2 (city practice: Adachi, Shime)",
                                          .since = kFirstCards,
                                          .acts = {Verb::issue, Verb::renew},
                                          .reads = {Fact::certificates},
                                          .apply = apply};

}  // namespace shomei::rules
