#include "pki/personal_attributes.h"

#include <array>

#include "base/limits.h"

namespace shomei::pki {
namespace {

using std::chrono::year;

struct Era {
  char digit;
  Date first_day;
};

// Latest first: the era of a day is the first row that is not after it.
constexpr std::array kEras{
    Era{'5', year{2019} / 5 / 1},  Era{'4', year{1989} / 1 / 8},   Era{'3', year{1926} / 12 / 25},
    Era{'2', year{1912} / 7 / 30}, Era{'1', year{1868} / 10 / 23},
};

const der::Oid& attribute_id(std::size_t number) {
  static const auto kIds = [] {
    std::array<der::Oid, 10> ids;  // the first is none
    for (std::size_t i = 1; i < ids.size(); ++i)
      ids[i] = der::Oid("1.2.392.200149.8.5.5." + std::to_string(i));
    return ids;
  }();
  return kIds.at(number);
}

Result<Substituted> fit(std::string_view text, std::string_view member, std::size_t characters_max,
                        char32_t substitute_character) {
  SHOMEI_TRY(auto fitted, substitute(text, substitute_character));
  if (fitted.flags.empty() || fitted.flags.size() > characters_max)
    return malformed("attribute_too_long",
                     {{"member", std::string(member)}, {"max", std::to_string(characters_max)}},
                     "jpki-facts 2.4");
  return fitted;
}

}  // namespace

std::string encode_birth_date(Date born) {
  char era = '0';
  for (const auto& e : kEras)
    if (born >= e.first_day) {
      era = e.digit;
      break;
    }
  std::string day = format_date(born);
  std::erase(day, '-');
  return era + day;
}

Result<std::vector<OtherName>> personal_other_names(const BasicAttributes& attributes,
                                                    char32_t substitute_character) {
  SHOMEI_TRY(const auto name, fit(attributes.name, "name", limits::kNameCharactersMax, substitute_character));
  SHOMEI_TRY(const auto address, fit(to_full_width(attributes.address), "address",
                                     limits::kAddressCharactersMax, substitute_character));
  return std::vector<OtherName>{{attribute_id(1), name.text},
                                {attribute_id(4), encode_birth_date(attributes.born)},
                                {attribute_id(3), std::string(1, static_cast<char>(attributes.gender))},
                                {attribute_id(5), address.text},
                                {attribute_id(2), name.flags},
                                {attribute_id(6), address.flags}};
}

std::string personal_attribute(const std::vector<OtherName>& names, int number) {
  for (const auto& name : names)
    if (name.type == attribute_id(static_cast<std::size_t>(number))) return name.value;
  return {};
}

}  // namespace shomei::pki
