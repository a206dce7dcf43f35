// Rule: one provision of law or practice, as a value: what it is called, where it stands, since when it
// holds, and the pure function that applies it. Each rule has a file of its own that defines one constant.
#pragma once

#include <optional>
#include <string_view>

#include "base/calendar.h"
#include "base/result.h"
#include "rules/facts.h"

namespace shomei::rules {

// What is asked. `at` is the instant of the act; days are reckoned in JST.
struct Issue {
  Kind kind{};
};
struct RegisterEvent {
  Event event{};
};

enum class Outcome { pass, refuse, limit, inform };
std::string_view name(Outcome outcome);

// What a rule says of the facts. Texts are rendered from `code` and `parameters` at the edge
// (texts/of_rules.cc).
struct Finding {
  Outcome outcome = Outcome::pass;
  std::string_view code;
  Parameters parameters;
  std::optional<Date> last_day;      // limit: the certificate ends by this day
  std::string_view would_pass_code;  // refuse: the sentence that says what would make it pass
};

struct Ending {
  Kind kind{};
  std::string_view reason;  // the CRL reason by its RFC 5280 name
};

struct Rule {
  std::string_view id;
  std::string_view citation;
  Date since;
  // For an issue: what the rule says, or nothing when it has no say. Null when the rule is not about issuing.
  std::optional<Finding> (*issue)(const Issue&, const Facts&, Date on) = nullptr;
  // For an event: which certificate ends by it. Null when the rule is not about events.
  std::optional<Ending> (*event)(const RegisterEvent&, const Facts&, Date on) = nullptr;
};

}  // namespace shomei::rules
