#include "home/demo_residents.h"

#include <functional>
#include <string_view>
#include <vector>

#include "register/register_line.h"

namespace shomei::home {
namespace {

using residents::CardRecord;
using residents::CardState;
using residents::Gender;
using residents::ResidenceStatus;
using residents::Resident;

struct Person {
  std::string_view id;
  std::string_view note;
  std::string_view name;
  std::string_view address;
  Gender gender;
  Date born;
  Date card_valid_until;
  std::function<void(Resident&, CardRecord&)> story = [](Resident&, CardRecord&) {};
};

std::string line_of(const Person& person) {
  Resident resident;
  CardRecord card;
  resident.id = *ResidentId::parse(person.id);
  resident.name = person.name;
  resident.address = person.address;
  resident.gender = person.gender;
  resident.born = person.born;
  resident.municipality = "13225";
  resident.registered_domicile = "13225";
  card.id = *CardId::parse("card-" + std::string(person.id));
  card.valid_until = person.card_valid_until;
  person.story(resident, card);
  // The two canonical documents, put together as a register line has them: the card inside, the note beside.
  const std::string whole = residents::encode_resident(resident);
  return whole.substr(0, whole.size() - 1) + R"(,"card":{"id":")" + card.id.text() + R"(","kind":")" +
         std::string(name(card.kind)) + R"(","state":")" + std::string(name(card.state)) +
         R"(","valid_until":")" + format_date(card.valid_until) + R"("},"note":")" +
         std::string(person.note) + "\"}\n";
}

Date birthday_in_year(Date near, int year) {
  return add_years(near, year - static_cast<int>(near.year()));
}

}  // namespace

std::string demo_register(Date today) {
  using std::chrono::year;
  const Date card_end = add_years(today, 8);
  const int this_year = static_cast<int>(today.year());
  const Date soon = add_days(today, 10);
  const std::vector<Person> people{
      {"q7k2m9xa", "an ordinary citizen: the story's hero", "見本　花子", "東京都稲城市東長沼２１１１番地",
       Gender::female, year{1990} / 1 / 2, card_end},
      {"c4t8w1zp", "a child of 14 who turns 15 in ten days: no signature certificate until then", "見本　新",
       "東京都稲城市東長沼２１１１番地", Gender::male,
       birthday_in_year(soon, static_cast<int>(soon.year()) - 15), add_years(today, 4)},
      {"w3h6r5nd", "an adult ward: a user authentication certificate alone", "例示　松蔵",
       "東京都稲城市百村１番地", Gender::male, year{1941} / 6 / 30, card_end,
       [](Resident& r, CardRecord&) { r.adult_ward = true; }},
      {"f9b2k7ys", "a foreign resident: certificates end with the period of stay", "SAMPLE　MARIA",
       "東京都稲城市大丸２番地", Gender::female, year{1995} / 9 / 14, card_end,
       [&](Resident& r, CardRecord& c) {
         r.status = ResidenceStatus::other_foreign_resident;
         r.registered_domicile = "";
         r.period_of_stay_ends = add_months(today, 16);
         c.valid_until = add_months(today, 16);
       }},
      {"s5v1d8qe", "a special permanent resident: no cap by a period of stay", "例　民秀",
       "東京都稲城市矢野口３番地", Gender::male, year{1968} / 12 / 1, card_end,
       [](Resident& r, CardRecord&) {
         r.status = ResidenceStatus::special_permanent_resident;
         r.registered_domicile = "";
       }},
      {"m2g7j4ua", "moving abroad next month, keeping the card", "見本　渡", "東京都稲城市押立４番地",
       Gender::male, year{1984} / 4 / 1, card_end,
       [&](Resident& r, CardRecord&) {
         r.moving_abroad = residents::MovingAbroad{add_months(today, 1), true};
       }},
      {"l6n3c9fb", "born on 29 February", "例示　閏", "東京都稲城市平尾５番地", Gender::female,
       year{this_year > 2000 ? 2000 : 1996} / 2 / 29, card_end},
      {"j8x5p2hk", "a name with characters outside JIS: substituted and flagged in the certificate",
       "髙橋　𠮷乃", "東京都稲城市坂浜６番地", Gender::female, year{1977} / 7 / 7, card_end},
      {"e1r9t4wm", "a card, and with it certificates, that end in two months", "見本　末",
       "東京都稲城市若葉台７番地", Gender::male, birthday_in_year(add_months(today, 2), this_year - 40),
       add_months(today, 2)},
      {"z4d6a8vo", "a lost card: nothing can be issued until it is replaced", "例示　失",
       "東京都稲城市向陽台８番地", Gender::female, year{1959} / 11 / 3, card_end,
       [](Resident&, CardRecord& c) { c.state = CardState::lost; }},
  };
  std::string lines;
  for (const auto& person : people) lines += line_of(person);
  return lines;
}

}  // namespace shomei::home
