// The counter is that of the municipality of residence; of residents abroad, that of the registered domicile.
// Any counter takes a revocation: it protects, like a suspension.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  const Facts& f = c.facts;
  if (!at_office(f, OfficeKind::city_hall) && !at_office(f, OfficeKind::branch_office)) return std::nullopt;
  const bool abroad = left_japan(f, c.on);
  const auto& home = abroad ? f.registered_domicile : f.municipality;
  if (!home || !f.office->municipality) return std::nullopt;
  const Values values{{"office_municipality", *f.office->municipality}, {"home_municipality", *home}};
  if (*home == *f.office->municipality)
    return passes(abroad ? "office_of_domicile" : "office_of_residence", values);
  return refuses("office_of_another_place", abroad ? "would_pass_at_domicile" : "would_pass_at_residence",
                 values);
}

}  // namespace

constinit const Rule kOfficeOfResidence{
    .id = "office_of_residence",
    .citation =
        "seed: how to issue (moving abroad: diplomatic mission or registered domicile); jpki-facts 3.1",
    .since = kFirstCards,
    .acts = {Verb::issue, Verb::renew, Verb::restore, Verb::change_pin, Verb::reset_pin, Verb::unlock_pin,
             Verb::replace_card},
    .reads = {Fact::municipality, Fact::registered_domicile, Fact::moving_abroad, Fact::office_kind,
              Fact::office_municipality},
    .apply = apply};

}  // namespace shomei::rules
