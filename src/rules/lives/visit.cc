#include "rules/lives/parts.h"
#include "rules/questions.h"

namespace shomei::rules {
namespace {

using std::chrono::seconds;

constexpr std::int32_t kHour = 3600;
constexpr std::int32_t kMinute = 60;
constexpr Hours kOfficeHours{
    .spans = {{{.first_day = 0, .last_day = 5, .opens = 8 * kHour + 30 * kMinute, .closes = 17 * kHour}}},
    .count = 1};
// Seconds of a day at which something opens or closes, and those before them.
constexpr std::array<int, 12> kBoundaries{0,
                                          6 * kHour + 30 * kMinute - 1,
                                          6 * kHour + 30 * kMinute,
                                          8 * kHour + 30 * kMinute - 1,
                                          8 * kHour + 30 * kMinute,
                                          9 * kHour - 1,
                                          9 * kHour,
                                          17 * kHour - 1,
                                          17 * kHour,
                                          23 * kHour - 1,
                                          23 * kHour,
                                          24 * kHour - 1};

void add_moment(Chance& chance, Life& life) {
  if (chance.percent(50)) return;
  const int second =
      chance.percent(20) ? chance.pick(kBoundaries) : chance.between(9 * kHour, 17 * kHour - 1);
  life.facts.at = first_second(life.on) + seconds{second};
}

void add_cause(Chance& chance, Life& life) {
  Facts& facts = life.facts;
  const Verb verb = life.act.verb;
  if (verb == Verb::event && !chance.percent(2)) facts.event = chance.any<Event>(9);
  const bool grounds_count = verb == Verb::revoke || verb == Verb::replace_card;
  if (grounds_count ? chance.percent(60) : chance.percent(2)) facts.ground = chance.any<Ground>(11);
  if (verb == Verb::revoke && chance.percent(15)) facts.stated_reason = chance.any<Reason>(7);
  const bool held = life.act.kind && in_force(facts, *life.act.kind, life.on);
  if (verb == Verb::issue && held && chance.percent(70)) facts.ground = Ground::reissue;
}

OfficeKind office_kind(Chance& chance, const Life& life) {
  if (chance.percent(4)) return chance.any<OfficeKind>(6);
  if (left_japan(life.facts, life.on) && chance.percent(60)) return OfficeKind::diplomatic_mission;
  const Verb verb = life.act.verb;
  if (verb == Verb::suspend && chance.percent(60)) return OfficeKind::call_centre;
  if ((verb == Verb::reset_pin || verb == Verb::unlock_pin) && chance.percent(50)) return OfficeKind::kiosk;
  if ((verb == Verb::change_pin || verb == Verb::revoke) && chance.percent(30)) return OfficeKind::online;
  return chance.one_of(OfficeKind::city_hall, OfficeKind::branch_office);
}

void add_office(Chance& chance, Life& life) {
  if (chance.percent(25)) return;
  Facts& facts = life.facts;
  Office& office = facts.office.emplace();
  office.kind = office_kind(chance, life);
  const auto& home = left_japan(facts, life.on) ? facts.registered_domicile : facts.municipality;
  if (chance.percent(80)) office.municipality = chance.percent(95) ? home : Municipality{27100U};
  if (chance.percent(35)) office.hours = kOfficeHours;
  if (office.kind != OfficeKind::kiosk) return;
  office.chain = chance.one_of("seven_eleven", "seven_eleven", "seven_eleven", "familymart", "lawson",
                               "ministop", "aeon", "corner_shop", "");
  const Instant at = facts.at.value_or(first_second(life.on));
  if (chance.percent(95))
    facts.reservation_made_at =
        at - seconds{chance.percent(20) ? 24 * kHour + chance.between(-1, 1) : chance.below(24 * kHour)};
}

void show(Chance& chance, Proofs& proofs, Proof proof, int times = 1) {
  for (int i = 0; i < times; ++i)
    if (chance.percent(97)) proofs.add(proof);
}

void add_proofs_of_self(Chance& chance, Life& life) {
  Facts& facts = life.facts;
  if (at_office(facts, OfficeKind::kiosk)) {
    show(chance, facts.proofs, Proof::other_pin);
    show(chance, facts.proofs, Proof::face);
    return;
  }
  const bool card_has_pin = facts.card_kind == CardKind::standard;
  if (at_office(facts, OfficeKind::online) || (card_has_pin && chance.percent(50)))
    show(chance, facts.proofs, Proof::pin);
  if (chance.percent(70))
    show(chance, facts.proofs, Proof::document_a);
  else
    show(chance, facts.proofs, Proof::document_b, 2);
}

void add_applicant(Chance& chance, Life& life) {
  Facts& facts = life.facts;
  const bool represented = facts.adult_ward || life.on < comes_of_age(*facts.born, kOwnActs);
  if (represented ? chance.percent(92) : chance.percent(1)) {
    facts.applicant = Applicant::legal_representative;
    show(chance, facts.proofs, Proof::document_a, 2);
    if (facts.adult_ward) show(chance, facts.proofs, Proof::guardianship_certificate);
  } else if (chance.percent(7)) {
    facts.applicant = Applicant::voluntary_agent;
    show(chance, facts.proofs, chance.one_of(Proof::answer_sheet, Proof::inquiry_letter));
    show(chance, facts.proofs, Proof::document_a);
  } else {
    if (chance.percent(30)) facts.applicant = Applicant::self;
    add_proofs_of_self(chance, life);
  }
  if (represented ? chance.percent(60) : chance.percent(1))
    facts.exception = Exception{chance.percent(90) ? "asked for" : " ", chance.percent(90)};
}

}  // namespace

void add_visit(Chance& chance, Life& life) {
  add_moment(chance, life);
  add_cause(chance, life);
  add_office(chance, life);
  add_applicant(chance, life);
}

}  // namespace shomei::rules
