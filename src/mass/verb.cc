#include "mass/verb.h"

#include <array>

#include "base/shown_text.h"
#include "journal/act_phases.h"

namespace shomei::mass {
namespace {

constexpr std::array<std::string_view, 4> kNames{"revoke", "suspend", "reissue", "notify"};

}  // namespace

std::string_view name(Verb verb) {
  return kNames[static_cast<std::size_t>(verb)];
}

Result<Verb> parse_verb(std::string_view text) {
  for (std::size_t i = 0; i < kNames.size(); ++i)
    if (kNames[i] == text) return static_cast<Verb>(i);
  return malformed("mass_verb_unknown", {{"verb", fit_for_sentence(text)}});
}

std::string act_of(Verb verb) {
  return std::string(journal::kMassActs) + std::string(name(verb));
}

bool changes_states(Verb verb) {
  return verb == Verb::revoke || verb == Verb::suspend;
}

bool is_for(Verb verb, journal::CertificateState state) {
  using enum journal::CertificateState;
  return state == valid || (state == suspended && verb != Verb::suspend);
}

}  // namespace shomei::mass
