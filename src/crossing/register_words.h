// What a register's record, a certificate and the facts of a decision say of a person, in words that are the
// same when they are about the same person.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pki/certificate.h"

namespace shomei::crossing {

// In the place of the address of who moves abroad: their certificates show that move (rules/abroad).
inline constexpr std::string_view kMovesAbroad = "moves abroad";

struct PersonWords {
  std::string attributes;  // name, gender, day of birth
  std::string address;
  std::string born, place;  // of a record alone
};

std::string residents_id(std::string_view record);                           // "" when it does not parse
std::optional<PersonWords> register_words(std::string_view record);          // none when it does not parse
std::optional<PersonWords> attribute_words(const pki::TbsCertificate& tbs);  // none: it has no attributes
// The municipality in the common name (authority/profile.h); "" when there is none of that form.
std::string place_of_subject(const pki::TbsCertificate& tbs);
std::optional<std::string> born_in_facts(std::string_view facts);  // none: the facts do not say it

}  // namespace shomei::crossing
