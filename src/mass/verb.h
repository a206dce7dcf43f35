// What a mass act does with every certificate of its list.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "journal/certificate_record.h"

namespace shomei::mass {

enum class Verb : std::uint8_t {
  revoke,   // for good
  suspend,  // a hold; of valid ones alone
  reissue,  // nothing ends: a new one is due, and its resident is to be told
  notify,   // nothing changes: its resident is to be told
};
std::string_view name(Verb verb);
Result<Verb> parse_verb(std::string_view text);  // malformed "mass_verb_unknown" {verb}
std::string act_of(Verb verb);                   // as the journal has it: "mass_revoke"
bool changes_states(Verb verb);                  // revoke and suspend

// Whether a certificate in that state is one for the act.
bool is_for(Verb verb, journal::CertificateState state);

}  // namespace shomei::mass
