#include "rules/lives/lives.h"

namespace shomei::rules {
namespace {

using std::chrono::seconds;
using std::chrono::year;

constexpr int kSecondsOfADay = 24 * 60 * 60;

// Draws what the types allow.
class Wild {
 public:
  explicit Wild(Chance& chance) : chance_(chance) {}

  // Half of the days stand close together, so that they meet.
  Date day() {
    if (chance_.percent(50)) return chance_.day_between(Date{year{2015} / 1 / 1}, Date{year{2027} / 12 / 31});
    return chance_.day_between(Date{year{1} / 1 / 1}, Date{year{9999} / 12 / 31});
  }
  Instant moment_of(Date day) { return first_second(day) + seconds{chance_.below(kSecondsOfADay)}; }
  Municipality municipality() {
    return Municipality{static_cast<std::uint32_t>(chance_.below(chance_.percent(50) ? 3 : 100000))};
  }
  template <class F>
  auto perhaps(F make) -> std::optional<decltype(make())> {
    if (chance_.percent(50)) return std::nullopt;
    return make();
  }

  Act act() {
    Act act;
    act.verb = chance_.any<Verb>(kVerbs);
    const Verbs pins{Verb::change_pin, Verb::reset_pin, Verb::unlock_pin};
    if (pins.contains(act.verb)) act.register_pin = perhaps([&] { return chance_.any<RegisterPin>(2); });
    if ((needs_kind(act.verb) && !act.register_pin) || chance_.percent(50)) act.kind = chance_.any<Kind>(2);
    return act;
  }

  Hours hours() {
    Hours hours;
    hours.count = static_cast<std::uint8_t>(chance_.between(1, static_cast<int>(kSpansMax)));
    for (std::size_t i = 0; i < hours.count; ++i) {
      const int opens = chance_.below(kSecondsOfADay);
      const int first_day = chance_.below(7);
      hours.spans[i] = {static_cast<std::uint8_t>(first_day),
                        static_cast<std::uint8_t>(chance_.between(first_day, 6)), opens,
                        chance_.between(opens + 1, kSecondsOfADay)};
    }
    return hours;
  }

  Office office() {
    return {chance_.any<OfficeKind>(6), perhaps([&] { return municipality(); }),
            chance_.one_of("", "seven_eleven", "aeon", "lawson", "\xff"), perhaps([&] { return hours(); })};
  }

  void person(Facts& facts) {
    facts.born = perhaps([&] { return day(); });
    facts.status = perhaps([&] { return chance_.any<ResidenceStatus>(5); });
    facts.period_of_stay_ends = perhaps([&] { return day(); });
    facts.adult_ward = chance_.percent(50);
    facts.died = perhaps([&] { return day(); });
    facts.left_register = perhaps([&] { return day(); });
    facts.moving_abroad = perhaps([&] { return MovingAbroad{day(), chance_.percent(50)}; });
    facts.municipality = perhaps([&] { return municipality(); });
    facts.registered_domicile = perhaps([&] { return municipality(); });
  }

  void card(Facts& facts) {
    facts.card_kind = chance_.any<CardKind>(2);
    facts.card_state = chance_.any<CardState>(5);
    facts.card_valid_until = perhaps([&] { return day(); });
    for (int i = chance_.below(4); i > 0; --i)
      facts.certificates.push_back({chance_.any<Kind>(2), chance_.any<CertificateState>(3), day()});
    facts.authority_valid_until = perhaps([&] { return day(); });
    facts.authority_issues_until = perhaps([&] { return day(); });
  }

  void visit(Facts& facts, Date on) {
    facts.office = perhaps([&] { return office(); });
    facts.applicant = perhaps([&] { return chance_.any<Applicant>(3); });
    for (int i = chance_.below(6); i > 0; --i) facts.proofs.add(chance_.any<Proof>(kProofs));
    facts.exception = perhaps([&] {
      return Exception{chance_.one_of("", " \n", "asked for"), chance_.percent(50)};
    });
    facts.reservation_made_at = perhaps([&] { return moment_of(chance_.percent(50) ? on : day()); });
    facts.ground = perhaps([&] { return chance_.any<Ground>(11); });
    facts.stated_reason = perhaps([&] { return chance_.any<Reason>(7); });
    facts.event = perhaps([&] { return chance_.any<Event>(9); });
    facts.at = perhaps([&] { return moment_of(chance_.percent(80) ? on : day()); });
  }

 private:
  Chance& chance_;
};

}  // namespace

Life Lives::wild() {
  Wild wild(chance_);
  Life life{wild.act(), {}, wild.day()};
  wild.person(life.facts);
  wild.card(life.facts);
  wild.visit(life.facts, life.on);
  return life;
}

}  // namespace shomei::rules
