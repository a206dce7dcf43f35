#include "rules/lives/lives.h"

namespace shomei::rules {
namespace {

using std::chrono::year;

// A hold is a suspension: no home can be set so.
Reason reason(Chance& chance, Reason usual) {
  return chance.percent(40)
             ? usual
             : chance.one_of(Reason::unspecified, Reason::keyCompromise, Reason::cACompromise,
                             Reason::affiliationChanged, Reason::superseded, Reason::cessationOfOperation);
}

}  // namespace

Settings any_settings(Chance& chance) {
  Settings settings;
  settings.renewal_counts_from = chance.one_of(RenewalCount::old_last_day, RenewalCount::day_of_renewal);
  settings.hold_is_final = chance.percent(50);
  for (auto member : {&Settings::death, &Settings::left_japan, &Settings::lost_status,
                      &Settings::card_returned, &Settings::recording_error, &Settings::key_doubt})
    settings.*member = reason(chance, settings.*member);
  if (chance.percent(50))
    settings.stay_special_period_since =
        chance.day_between(Date{year{2012} / 7 / 9}, Date{year{2030} / 12 / 31});
  settings.weak_pins_refused = chance.percent(50);
  if (chance.percent(50)) settings.overseas_address_ja = "国外転出";
  if (chance.percent(50)) settings.overseas_address_en = "Abroad from {date}";
  return settings;
}

}  // namespace shomei::rules
