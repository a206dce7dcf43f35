// Which kinds of office do what.
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

struct Competence {
  OfficeKind office;
  Verbs acts;
};
constexpr Verbs kCounter{Verb::issue,        Verb::renew,      Verb::revoke,    Verb::suspend,
                         Verb::restore,      Verb::change_pin, Verb::reset_pin, Verb::unlock_pin,
                         Verb::replace_card, Verb::event};
constexpr std::array kCompetences{
    Competence{OfficeKind::city_hall, kCounter},
    Competence{OfficeKind::branch_office, kCounter},
    Competence{OfficeKind::diplomatic_mission, kCounter},
    Competence{OfficeKind::kiosk, {Verb::reset_pin, Verb::unlock_pin}},
    Competence{OfficeKind::online, {Verb::revoke, Verb::replace_card}},
    Competence{OfficeKind::call_centre, {Verb::suspend}},
};

std::optional<Finding> apply(const Case& c) {
  if (!c.facts.office) return std::nullopt;
  const Values values{{"office", name(c.facts.office->kind)}, {"act", name(c.act.verb)}};
  for (const auto& [office, acts] : kCompetences)
    if (office == c.facts.office->kind && acts.contains(c.act.verb))
      return passes("office_competent", values);
  return refuses("office_not_competent", "would_pass_at_counter", values);
}

}  // namespace

constinit const Rule kOfficeKind{
    .id = "office_kind",
    .citation = "seed: how to issue (City Hall or branch office); jpki-facts 3.4 to 3.6",
    .since = kFirstCards,
    .acts = {Verb::issue, Verb::renew, Verb::revoke, Verb::suspend, Verb::restore, Verb::change_pin,
             Verb::reset_pin, Verb::unlock_pin, Verb::replace_card, Verb::event},
    .reads = {Fact::office_kind},
    .apply = apply};

}  // namespace shomei::rules
