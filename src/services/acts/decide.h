// What the authority would decide, without doing or recording anything: asked before a citizen types a PIN.
#pragma once

#include "http/message.h"
#include "services/acts/act_requests.h"
#include "texts/says.h"

namespace shomei::services {

// The document of POST /acts/decide (docs/formats/acts.md). not_found "resident_unknown",
// "resident_has_no_card", "office_unknown", "municipality_unknown"; conflict "resident_name_ambiguous".
Result<std::string> decide(const counter::Parts& parts, const Question& question, texts::Language language);

// What a counter needs of it again.
struct Outlook {
  ResidentId resident;
  CardId card;
  std::optional<Date> born;
};
// The refusal, when one kind is refused; malformed "answer_form".
Result<Outlook> parse_outlook(std::string_view text);

}  // namespace shomei::services
