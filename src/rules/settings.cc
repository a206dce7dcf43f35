#include "rules/settings.h"

#include "rules/words.h"

namespace shomei::rules {
namespace {

constexpr Words<RenewalCount, 2> kRenewalCounts{
    {{RenewalCount::old_last_day, "old_last_day"}, {RenewalCount::day_of_renewal, "day_of_renewal"}}};

}  // namespace

std::string_view name(RenewalCount count) {
  return word_of(kRenewalCounts, count);
}
std::optional<RenewalCount> parse_renewal_count(std::string_view text) {
  return find_word(kRenewalCounts, text);
}

}  // namespace shomei::rules
