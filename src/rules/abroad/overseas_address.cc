// A signature certificate for someone who moves abroad and keeps the card shows the planned day in the place
// of the address.
#include "rules/abroad/overseas_address.h"

#include <algorithm>

#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  const auto& abroad = c.facts.moving_abroad;
  if (c.act.kind != Kind::signature || !abroad || !abroad->continued_use ||
      c.facts.status != ResidenceStatus::japanese)
    return std::nullopt;
  return informs("overseas_address_shown", {{"planned", abroad->planned}});
}

std::string with_date(std::string text, Date planned) {
  constexpr std::string_view kDate = "{date}";
  std::string date = format_date(planned);
  std::ranges::replace(date, '-', '/');
  if (const auto at = text.find(kDate); at != std::string::npos) text.replace(at, kDate.size(), date);
  return text;
}

}  // namespace

std::string overseas_address_ja(const Settings& settings, Date planned) {
  return with_date(settings.overseas_address_ja, planned);
}
std::string overseas_address_en(const Settings& settings, Date planned) {
  return with_date(settings.overseas_address_en, planned);
}

constinit const Rule kOverseasAddress{.id = "overseas_address",
                                      .citation = "seed: certificate information (note); jpki-facts 3.6",
                                      .since = kUseAbroad,
                                      .acts = {Verb::issue, Verb::renew},
                                      .reads = {Fact::moving_abroad, Fact::status},
                                      .apply = apply};

}  // namespace shomei::rules
