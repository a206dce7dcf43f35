#include "crossing/register_words.h"

#include <nlohmann/json.hpp>

#include "crossing/recall.h"
#include "pki/jis.h"
#include "pki/personal_attributes.h"
#include "register/register_line.h"

namespace shomei::crossing {
namespace {

constexpr char32_t kSubstitute = U'\uFFFD';
constexpr std::string_view kSubstituteText = "\xEF\xBF\xBD";
// Of a common name: 14 characters at random, five digits of the municipality, "003A".
constexpr std::size_t kPlaceAt = 14, kPlaceDigits = 5, kNameCharacters = 23;

bool begins_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

// The text with one and the same substitute wherever a flag says that there is one.
std::string unified(std::string_view text, std::string_view flags) {
  std::string unified;
  std::size_t character = 0;
  bool taken_out = false;
  for (const char byte : text) {
    if (begins_character(byte)) {
      taken_out = character < flags.size() && flags[character] == '1';
      ++character;
      if (taken_out) unified += kSubstituteText;
    }
    if (!taken_out) unified += byte;
  }
  return unified;
}

std::string attributes_text(const std::vector<pki::OtherName>& names) {
  return joined({unified(pki::personal_attribute(names, 1), pki::personal_attribute(names, 2)),
                 pki::personal_attribute(names, 3), pki::personal_attribute(names, 4)});
}

std::string address_text(const std::vector<pki::OtherName>& names) {
  return unified(pki::personal_attribute(names, 5), pki::personal_attribute(names, 6));
}

pki::GenderDigit digit_of(residents::Gender gender) {
  if (gender == residents::Gender::male) return pki::GenderDigit::male;
  return gender == residents::Gender::female ? pki::GenderDigit::female : pki::GenderDigit::unknown;
}

}  // namespace

std::string residents_id(std::string_view record) {
  const auto line = residents::parse_register_line(record);
  return line ? line->resident.id.text() : std::string();
}

std::optional<PersonWords> register_words(std::string_view record) {
  const auto line = residents::parse_register_line(record);
  if (!line) return std::nullopt;
  const auto& r = line->resident;
  const auto names = pki::personal_other_names({r.name, r.address, digit_of(r.gender), r.born}, kSubstitute);
  if (!names) return std::nullopt;
  return PersonWords{attributes_text(*names),
                     r.moving_abroad ? std::string(kMovesAbroad) : address_text(*names), format_date(r.born),
                     r.municipality};
}

std::optional<PersonWords> attribute_words(const pki::TbsCertificate& tbs) {
  const auto* alternative = tbs.find(pki::extension_id::subject_alt_name());
  if (!alternative) return std::nullopt;
  const auto names = pki::parse_other_names(alternative->value);
  if (!names || pki::personal_attribute(*names, 1).empty()) return std::nullopt;
  return PersonWords{attributes_text(*names), address_text(*names), {}, {}};
}

std::string place_of_subject(const pki::TbsCertificate& tbs) {
  const auto names = tbs.subject.values(pki::NameAttribute::common_name);
  if (names.size() != 1 || names.front().size() != kNameCharacters) return {};
  return names.front().substr(kPlaceAt, kPlaceDigits);
}

std::optional<std::string> born_in_facts(std::string_view facts) {
  const auto parsed = nlohmann::json::parse(facts, nullptr, false);
  static const nlohmann::json::json_pointer kBorn("/resident/born");
  if (parsed.is_discarded() || !parsed.contains(kBorn) || !parsed[kBorn].is_string()) return std::nullopt;
  return parsed[kBorn].get<std::string>();
}

}  // namespace shomei::crossing
