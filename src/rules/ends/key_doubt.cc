// After loss, theft or a leak a certificate is held first and revoked then. The reason is UNCONFIRMED and a
// setting.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  const auto& g = c.facts.ground;
  const bool applies = g == Ground::lost || g == Ground::stolen || g == Ground::leak;
  const Ends ends = ends_of_act(c, c.settings.key_doubt);
  if (!applies || c.facts.stated_reason || !any(ends)) return std::nullopt;
  return informs("key_doubt_ends", {}, ends);
}

}  // namespace

constinit const Rule kKeyDoubt{.id = "key_doubt",
                               .citation = "jpki-facts 2.6, 3.4 (loss, theft, key leak)",
                               .since = kFirstCards,
                               .acts = {Verb::revoke},
                               .reads = {Fact::certificates, Fact::ground, Fact::reason, Fact::at},
                               .apply = apply};

}  // namespace shomei::rules
