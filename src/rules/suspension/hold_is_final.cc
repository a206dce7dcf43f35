// A hold that stands on a revocation list is never removed: the certificates are revoked and issued anew.
// Profiles outside JPKI's may release it (a setting).
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  for (const auto& certificate : c.facts.certificates) {
    if (!is_about(c.act, certificate.kind) || standing(certificate, c.on) != Standing::suspended) continue;
    if (c.settings.hold_is_final) return refuses("hold_not_released", "would_pass_revoke_and_reissue");
    return passes("hold_released");
  }
  return std::nullopt;
}

}  // namespace

constinit const Rule kHoldIsFinal{.id = "hold_is_final",
                                  .citation = "jpki-facts 2.6, 3.4 (hold is not released)",
                                  .since = kFirstCards,
                                  .acts = {Verb::restore},
                                  .reads = {Fact::certificates},
                                  .apply = apply};

}  // namespace shomei::rules
