// After loss, theft or a leak the certificates are held at once: by phone round the clock, and at any
// counter, on the word of who reports it.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

bool can_be_held(const Case& c, Kind kind) {
  const auto* held = is_about(c.act, kind) ? in_force(c.facts, kind, c.on) : nullptr;
  return held && held->state == CertificateState::valid;
}

std::optional<Finding> apply(const Case& c) {
  const Ends ends{can_be_held(c, Kind::signature), can_be_held(c, Kind::user_authentication), c.at,
                  Reason::certificateHold};
  if (!any(ends)) return informs("no_certificate_to_suspend", {}, NothingThere{});
  return informs("certificates_held", {}, ends);
}

}  // namespace

constinit const Rule kSuspension{.id = "suspension",
                                 .citation = "jpki-facts 3.4 (suspension: call centre 24 h, 365 days)",
                                 .since = kFirstCards,
                                 .acts = {Verb::suspend},
                                 .reads = {Fact::certificates, Fact::at},
                                 .apply = apply};

}  // namespace shomei::rules
