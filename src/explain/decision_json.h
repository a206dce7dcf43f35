// Decisions and settings as JSON (docs/formats/decision.md).
#pragma once

#include <string>

#include "base/result.h"
#include "rules/decide.h"
#include "texts/says.h"

namespace shomei::explain {

// What the journal keeps: codes and values, no sentences; members in alphabetical order, without spaces, so
// that a decision can be computed again and compared.
std::string encode_record(const rules::Decision& decision);

// The answer of `shomei why --json`: the sentences in one language, members in the order of the document.
std::string encode_answer(const rules::Decision& decision, texts::Language language);

// What differs from the defaults: "{}" usually. parse_settings(encode_settings(s)) == s.
std::string encode_settings(const rules::Settings& settings);
// malformed as parse_facts is (facts_json.h).
Result<rules::Settings> parse_settings(std::string_view text);

}  // namespace shomei::explain
