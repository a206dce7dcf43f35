// A change of name, address, gender or date of birth ends the signature certificate, which carries them, and
// leaves the user authentication certificate, which does not, alone.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

bool changes_an_attribute(std::optional<Event> event) {
  return event == Event::moved || event == Event::renamed || event == Event::gender_changed ||
         event == Event::birth_date_corrected;
}

std::optional<Finding> apply(const Case& c) {
  if (!changes_an_attribute(c.facts.event)) return std::nullopt;
  const Ends ends = ends_in_force(c, true, false, c.at, Reason::affiliationChanged);
  if (!any(ends)) return informs("no_signature_certificate_ends");
  return informs("attribute_change_ends_signature", {{"event", name(*c.facts.event)}}, ends);
}

}  // namespace

constinit const Rule kAttributeChange{
    .id = "attribute_change",
    .citation = "seed: expiration due to address or name change; jpki-facts 3.4",
    .since = kFirstCards,
    .acts = {Verb::event},
    .reads = {Fact::certificates, Fact::event, Fact::at},
    .apply = apply};

}  // namespace shomei::rules
