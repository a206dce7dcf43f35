// Finding: what one rule says of the facts: an outcome, the sentence for it (a code and values; rendered in
// texts/of_rules.cc), and at most one effect on the decision. Plain values without allocation: a follow-up of
// a law change decides over a whole population.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/calendar.h"
#include "base/check.h"
#include "rules/facts.h"
#include "rules/settings.h"

namespace shomei::rules {

enum class Outcome : std::uint8_t { pass, refuse, limit, inform };
std::string_view name(Outcome outcome);

// A word has static storage.
using Value = std::variant<std::int32_t, Date, Instant, Municipality, std::string_view>;
std::string format_value(const Value& value);

struct NamedValue {
  std::string_view name;  // static storage: the {name} in the sentence
  Value value;
  bool operator==(const NamedValue&) const = default;
};

class Values {
 public:
  static constexpr std::size_t kMax = 3;
  Values() = default;
  Values(std::initializer_list<NamedValue> values) {
    SHOMEI_INVARIANT(values.size() <= kMax);
    for (const auto& value : values) values_[count_++] = value;
  }
  std::span<const NamedValue> all() const { return {values_.data(), count_}; }
  bool operator==(const Values&) const = default;

 private:
  std::array<NamedValue, kMax> values_{};
  std::size_t count_ = 0;
};

// The effects. The certificate ends by that day at the latest.
struct LastDay {
  Date day;
  bool operator==(const LastDay&) const = default;
};
// Certificates that are in force end. Both flags, one, or none.
struct Ends {
  bool signature = false;
  bool user_authentication = false;
  Instant from;
  Reason reason{};
  bool operator==(const Ends&) const = default;
};
struct Fee {
  std::int32_t yen = 0;
  bool operator==(const Fee&) const = default;
};
// A letter to someone, sent between two days.
struct Notice {
  Date send_from;
  Date send_until;
  std::string_view to;  // "holder", "legal_representative"
  bool operator==(const Notice&) const = default;
};
// The first day on which a renewal is possible.
struct RenewableFrom {
  Date day;
  bool operator==(const RenewableFrom&) const = default;
};
// There is no certificate of which the act could be about: not refused, but not applicable.
struct NothingThere {
  bool operator==(const NothingThere&) const = default;
};

using Effect = std::variant<std::monostate, LastDay, Ends, Fee, Notice, RenewableFrom, NothingThere>;

struct Finding {
  Outcome outcome = Outcome::pass;
  std::string_view code;
  Values values;
  Effect effect;
  std::string_view would_pass_code;  // of a refusal: the sentence that says what would make it pass
  bool operator==(const Finding&) const = default;
};

// The findings by their outcome, for the rules to return.
inline Finding passes(std::string_view code, const Values& values = {}) {
  return {Outcome::pass, code, values, {}, {}};
}
inline Finding refuses(std::string_view code, std::string_view would_pass_code, const Values& values = {}) {
  return {Outcome::refuse, code, values, {}, would_pass_code};
}
inline Finding limits(std::string_view code, Date last_day) {
  return {Outcome::limit, code, {{"last_day", last_day}}, LastDay{last_day}, {}};
}
inline Finding informs(std::string_view code, const Values& values = {}, const Effect& effect = {}) {
  return {Outcome::inform, code, values, effect, {}};
}
// The rule cannot do without a fact that is not there.
inline Finding lacks(Fact fact) {
  return refuses("fact_missing", "would_pass_with_fact", {{"member", name(fact)}});
}

}  // namespace shomei::rules
