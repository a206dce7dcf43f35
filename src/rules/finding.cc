#include "rules/finding.h"

#include "rules/words.h"

namespace shomei::rules {
namespace {

constexpr Words<Outcome, 4> kOutcomes{{{Outcome::pass, "pass"},
                                       {Outcome::refuse, "refuse"},
                                       {Outcome::limit, "limit"},
                                       {Outcome::inform, "inform"}}};

struct Format {
  std::string operator()(std::int32_t number) const { return std::to_string(number); }
  std::string operator()(Date day) const { return format_date(day); }
  std::string operator()(Instant at) const { return format_jst(at); }
  std::string operator()(Municipality code) const { return format_municipality(code); }
  std::string operator()(std::string_view word) const { return std::string(word); }
};

}  // namespace

std::string_view name(Outcome outcome) {
  return word_of(kOutcomes, outcome);
}

std::string format_value(const Value& value) {
  return std::visit(Format{}, value);
}

}  // namespace shomei::rules
