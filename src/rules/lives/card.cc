#include "rules/lives/parts.h"

namespace shomei::rules {
namespace {

constexpr int kDaysOfAYear = 365;

Date end_of_card(Chance& chance, Date born, Date on) {
  if (chance.percent(10)) return near(chance, on, 60, 200);
  return birthday_after(born, on, chance.between(1, 10));
}

// The last day of a certificate that is about to end: on the boundaries of the window, or within it.
Date about_to_end(Chance& chance, Date on) {
  switch (chance.below(10)) {
    case 0:
      return on;
    case 1:
      return add_days(on, -1);
    case 2:
      return add_days(add_months(on, kRenewalMonths), chance.between(-2, 1));
    default:
      return add_days(on, chance.between(0, 89));
  }
}

Date somewhen(Chance& chance, Date born, Date on) {
  return chance.percent(50) ? birthday_after(born, on, chance.between(1, 5))
                            : add_days(on, chance.between(0, 5 * kDaysOfAYear));
}

CertificateState state(Chance& chance, Verb verb) {
  if (verb == Verb::restore && chance.percent(70)) return CertificateState::suspended;
  if (chance.percent(90)) return CertificateState::valid;
  return chance.any<CertificateState>(3);
}

// Whether the card holds a certificate in force: of what is to be issued seldom, of what is renewed always.
bool held(Chance& chance, const Act& act, Kind kind) {
  if (act.verb == Verb::issue && act.kind == kind) return chance.percent(15);
  if (act.verb == Verb::renew && act.kind == kind) return chance.percent(95);
  return chance.percent(70);
}

void add_certificates(Chance& chance, Life& life, Date born) {
  auto& certificates = life.facts.certificates;
  certificates.reserve(3);
  if (chance.percent(15))
    certificates.push_back(
        {chance.any<Kind>(2), chance.any<CertificateState>(3), add_days(life.on, -chance.between(1, 900))});
  for (const Kind kind : {Kind::signature, Kind::user_authentication}) {
    if (!held(chance, life.act, kind)) continue;
    const bool soon = life.act.verb == Verb::renew || chance.percent(15);
    const Date ends = soon ? about_to_end(chance, life.on) : somewhen(chance, born, life.on);
    certificates.push_back({kind, state(chance, life.act.verb), ends});
  }
}

void add_authority(Chance& chance, Life& life) {
  Facts& facts = life.facts;
  if (chance.percent(20)) return;
  facts.authority_valid_until =
      chance.percent(5) ? near(chance, life.on, 100, 100) : add_days(life.on, chance.between(365, 3650));
  if (chance.percent(50)) facts.authority_issues_until = add_days(life.on, chance.between(-10, 1800));
}

}  // namespace

void add_card(Chance& chance, Life& life) {
  Facts& facts = life.facts;
  facts.card_kind = chance.percent(6) ? CardKind::face_authentication : CardKind::standard;
  facts.card_state = chance.percent(96) ? CardState::active : chance.any<CardState>(5);
  facts.card_valid_until = end_of_card(chance, *facts.born, life.on);
  add_certificates(chance, life, *facts.born);
  add_authority(chance, life);
}

}  // namespace shomei::rules
