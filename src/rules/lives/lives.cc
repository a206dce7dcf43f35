#include "rules/lives/lives.h"

#include "rules/lives/parts.h"
#include "rules/rule.h"

namespace shomei::rules {
namespace {

using std::chrono::year;

Date month_end(Date day) {
  return Date{day.year() / day.month() / std::chrono::last};
}

Date day_of_decision(Chance& chance) {
  const Date day = chance.day_between(chance.percent(3) ? Date{year{2015} / 1 / 1} : kFirstCards,
                                      Date{year{2040} / 12 / 31});
  switch (chance.below(12)) {
    case 0:
      return add_days(chance.one_of(kFirstCards, kAgeOfMajority18, kFaceAuthenticationCards, kUseAbroad),
                      chance.between(-1, 1));
    case 1:
      return add_days(Date{day.year() / 3 / 1}, chance.between(-2, 1));
    case 2:
      return month_end(day);
    default:
      return day;
  }
}

Act what_is_asked(Chance& chance) {
  Act act;
  const int which = chance.below(100);
  act.verb = which < 30 ? Verb::issue : which < 60 ? Verb::renew : chance.any<Verb>(kVerbs);
  const bool of_a_pin =
      act.verb == Verb::change_pin || act.verb == Verb::reset_pin || act.verb == Verb::unlock_pin;
  if (of_a_pin && chance.percent(10))
    act.register_pin = chance.any<RegisterPin>(2);
  else if (needs_kind(act.verb) || chance.percent(50))
    act.kind = chance.any<Kind>(2);
  return act;
}

// What someone forgot to write down.
void forget(Chance& chance, Facts& facts) {
  switch (chance.below(6)) {
    case 0:
      return facts.born.reset();
    case 1:
      return facts.status.reset();
    case 2:
      return facts.period_of_stay_ends.reset();
    case 3:
      return facts.card_valid_until.reset();
    case 4:
      return facts.reservation_made_at.reset();
    default:
      return facts.event.reset();
  }
}

// What cannot all be true.
void contradict(Chance& chance, Life& life) {
  Facts& facts = life.facts;
  switch (chance.below(6)) {
    case 0:
      facts.born = add_days(life.on, 1);
      return;
    case 1:
      facts.died = add_days(life.on, chance.between(1, 400));
      return;
    case 2:
      facts.left_register = add_days(facts.born.value_or(life.on), -1);
      return;
    case 3:
      facts.status = chance.any<ResidenceStatus>(5);
      facts.period_of_stay_ends = near(chance, life.on, 100, 1000);
      return;
    case 4:
      facts.at = first_second(life.on) - std::chrono::seconds{1};
      return;
    default:
      facts.certificates.insert(facts.certificates.end(), 2,
                                {chance.any<Kind>(2), CertificateState::valid, add_days(life.on, 90)});
      return;
  }
}

}  // namespace

Life Lives::next() {
  Life life;
  life.on = day_of_decision(chance_);
  life.act = what_is_asked(chance_);
  add_person(chance_, life);
  add_card(chance_, life);
  add_visit(chance_, life);
  if (chance_.percent(3)) forget(chance_, life.facts);
  if (chance_.percent(3)) contradict(chance_, life);
  return life;
}

}  // namespace shomei::rules
