#include "register/resident.h"

#include <array>
#include <utility>

#include "base/check.h"
#include "base/shown_text.h"

namespace shomei::residents {
namespace {

template <class Enum, std::size_t N>
using Names = std::array<std::pair<Enum, std::string_view>, N>;

constexpr Names<Gender, 3> kGenders{
    {{Gender::male, "male"}, {Gender::female, "female"}, {Gender::unknown, "unknown"}}};
constexpr Names<ResidenceStatus, 5> kStatuses{
    {{ResidenceStatus::japanese, "japanese"},
     {ResidenceStatus::special_permanent_resident, "special_permanent_resident"},
     {ResidenceStatus::permanent_resident, "permanent_resident"},
     {ResidenceStatus::other_foreign_resident, "other_foreign_resident"},
     {ResidenceStatus::no_end_of_stay, "no_end_of_stay"}}};
constexpr Names<CardKind, 2> kCardKinds{
    {{CardKind::standard, "standard"}, {CardKind::face_authentication, "face_authentication"}}};
constexpr Names<CardState, 5> kCardStates{{{CardState::active, "active"},
                                           {CardState::suspended, "suspended"},
                                           {CardState::lost, "lost"},
                                           {CardState::returned, "returned"},
                                           {CardState::expired, "expired"}}};

template <class Enum, std::size_t N>
std::string_view name_in(const Names<Enum, N>& names, Enum wanted) {
  for (const auto& [value, text] : names)
    if (value == wanted) return text;
  SHOMEI_INVARIANT(false);
}

template <class Enum, std::size_t N>
Result<Enum> parse_in(const Names<Enum, N>& names, std::string_view member, std::string_view wanted) {
  std::string allowed;
  for (const auto& [value, text] : names) {
    if (text == wanted) return value;
    allowed += (allowed.empty() ? "" : ", ") + std::string(text);
  }
  return malformed(
      "value_unknown",
      {{"member", std::string(member)}, {"value", fit_for_sentence(wanted)}, {"allowed", allowed}});
}

}  // namespace

Result<void> expect_born(const Resident& resident, Date today) {
  if (resident.born > today)
    return malformed("born_in_future", {{"born", format_date(resident.born)}, {"today", format_date(today)}});
  return {};
}

std::string_view name(Gender gender) {
  return name_in(kGenders, gender);
}
std::string_view name(ResidenceStatus status) {
  return name_in(kStatuses, status);
}
std::string_view name(CardKind kind) {
  return name_in(kCardKinds, kind);
}
std::string_view name(CardState state) {
  return name_in(kCardStates, state);
}

Result<Gender> parse_gender(std::string_view text) {
  return parse_in(kGenders, "gender", text);
}
Result<ResidenceStatus> parse_residence_status(std::string_view text) {
  return parse_in(kStatuses, "status", text);
}
Result<CardKind> parse_card_kind(std::string_view text) {
  return parse_in(kCardKinds, "card.kind", text);
}
Result<CardState> parse_card_state(std::string_view text) {
  return parse_in(kCardStates, "card.state", text);
}

}  // namespace shomei::residents
