// A change of name, address, gender or date of birth ends the signature certificate, which carries them, and
// leaves the user authentication certificate, which does not, alone (seed: "expiration due to address or name
// change").
#include <algorithm>

#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Ending> event(const RegisterEvent&, const Facts& facts, Date) {
  // Every event that there is changes one of the four; an event that does not will have a rule of its own.
  const auto holds = [](const CertificateFacts& c) {
    return c.kind == Kind::signature && c.state != CertificateState::revoked;
  };
  if (!std::ranges::any_of(facts.certificates, holds)) return std::nullopt;
  return Ending{Kind::signature, "affiliationChanged"};
}

}  // namespace

constinit const Rule kAttributeChange{.id = "attribute_change",
                                      .citation = "seed: expiration due to address or name change",
                                      .since = std::chrono::year{2016} / 1 / 1,
                                      .event = event};

}  // namespace shomei::rules
