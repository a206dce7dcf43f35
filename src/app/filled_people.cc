#include "app/filled_people.h"

#include <algorithm>
#include <numeric>
#include <string_view>

#include "base/check.h"
#include "crypto/random.h"

namespace shomei::app {
namespace {

constexpr int kAgeMin = 20, kAges = 60;
constexpr int kCardYears = 10;

template <class Id>
Id id_of(const std::array<char, 26>& text) {
  return *Id::parse(std::string_view(text.data(), text.size()));
}

}  // namespace

FilledPeople::FilledPeople(std::size_t count, const counter::Directory& directory, Date on) : on_(on) {
  for (const auto& office : directory.offices)
    if (!office.municipality.empty()) offices_.push_back(&office);
  SHOMEI_INVARIANT(!offices_.empty());
  for (auto* ids : {&residents_, &cards_}) {
    ids->resize(count);
    for (auto& id : *ids) std::ranges::copy(crypto::random_identifier_text(), id.begin());
  }
}

residents::Resident FilledPeople::resident(std::size_t number) const {
  residents::Resident r;
  r.id = id_of<ResidentId>(residents_[number]);
  r.name = "見本　計" + std::to_string(number);
  r.address = "東京都稲城市東長沼２１１１番地";
  r.gender = number % 2 == 0 ? residents::Gender::female : residents::Gender::male;
  const int days = static_cast<int>(number % 365);
  r.born = add_days(add_years(on_, -kAgeMin - static_cast<int>(number / 365 % kAges)), -days);
  r.municipality = r.registered_domicile = office(number).municipality;
  return r;
}

residents::CardRecord FilledPeople::card(std::size_t number) const {
  residents::CardRecord card;
  card.id = id_of<CardId>(cards_[number]);
  card.holder = id_of<ResidentId>(residents_[number]);
  card.valid_until = add_years(on_, kCardYears);
  return card;
}

const counter::Office& FilledPeople::office(std::size_t number) const {
  return *offices_[number % offices_.size()];
}

std::vector<std::uint32_t> FilledPeople::by_identifier() const {
  std::vector<std::uint32_t> numbers(count());
  std::iota(numbers.begin(), numbers.end(), 0U);
  std::ranges::sort(numbers, {}, [&](std::uint32_t n) -> const IdText& { return residents_[n]; });
  return numbers;
}

}  // namespace shomei::app
