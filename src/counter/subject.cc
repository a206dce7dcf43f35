#include "counter/subject.h"

#include <algorithm>

#include "rules/abroad/overseas_address.h"

namespace shomei::counter {
namespace {

pki::GenderDigit gender_digit(residents::Gender gender) {
  switch (gender) {
    case residents::Gender::male:
      return pki::GenderDigit::male;
    case residents::Gender::female:
      return pki::GenderDigit::female;
    case residents::Gender::unknown:
      break;
  }
  return pki::GenderDigit::unknown;
}

// The decision says whether the certificate shows the move abroad in the place of the address.
std::string address_of(const residents::Resident& resident, const rules::Decision& decision,
                       const rules::Settings& settings) {
  const auto shows_move = [](const rules::RuleOutcome& o) { return o.rule == &rules::kOverseasAddress; };
  if (!resident.moving_abroad || std::ranges::none_of(decision.rules(), shows_move)) return resident.address;
  return rules::overseas_address_ja(settings, resident.moving_abroad->planned);
}

}  // namespace

authority::Subject subject_of(const residents::Resident& resident, const rules::Decision& decision,
                              const authority::Municipality& place, const rules::Settings& settings) {
  return {
      {resident.name, address_of(resident, decision, settings), gender_digit(resident.gender), resident.born},
      place,
      authority::random_common_name(place)};
}

}  // namespace shomei::counter
