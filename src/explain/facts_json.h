// Facts as JSON: the facts file that a person writes, and the same form in the journal
// (docs/formats/decision.md).
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "rules/facts.h"

namespace shomei::explain {

inline constexpr std::size_t kFactsBytesMax = 1024 * 1024;
inline constexpr std::size_t kFactsCertificatesMax = 64;
inline constexpr std::size_t kFactsProofsMax = 64;

// malformed, with the whole path of the member in `member`: "json_too_large", "json_form",
// "json_member_twice", "member_unknown", "member_type", "member_missing" (a certificate without `kind` or
// `not_after`, an office without `kind`), "value_unknown", "member_day", "member_instant", "member_too_long",
// "too_many_items", "municipality_form", "hours_form". Whether the facts agree is for the rules to say.
Result<rules::Facts> parse_facts(std::string_view text);

// Members in alphabetical order, without spaces; what is absent is left out, and what has a default is
// written: parse_facts(encode_facts(f)) == f.
std::string encode_facts(const rules::Facts& facts);

}  // namespace shomei::explain
