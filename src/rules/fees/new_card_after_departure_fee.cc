// Who left without continued use gets a new card free for 90 days after the move-out, and for 1,000 yen from
// day 91.
#include "rules/fees/prices.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

constexpr int kFreeDays = 90;
constexpr std::int32_t kYenLater = 1000;

std::optional<Finding> apply(const Case& c) {
  if (terms(c) != Terms::after_departure) return std::nullopt;
  const Date last_free = add_days(c.facts.moving_abroad->planned, kFreeDays);
  if (c.on <= last_free) return informs("new_card_free_until", {{"last_free", last_free}}, Fee{0});
  return informs("new_card_charged_after", {{"last_free", last_free}, {"yen", kYenLater}}, Fee{kYenLater});
}

}  // namespace

constinit const Rule kNewCardAfterDepartureFee{
    .id = "new_card_after_departure_fee",
    .citation = "jpki-facts 3.6 (city practice: Nagayo, Chiyoda, Ise)",
    .since = kFirstCards,
    .acts = {Verb::replace_card},
    .reads = {Fact::ground, Fact::moving_abroad},
    .apply = apply};

}  // namespace shomei::rules
