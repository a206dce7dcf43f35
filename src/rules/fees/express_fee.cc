// Express issue costs more: about 2,000 yen with certificates.
#include "rules/fees/prices.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (terms(c) != Terms::express) return std::nullopt;
  return charges(c, "express_charged", kExpressCardYen);
}

}  // namespace

constinit const Rule kExpressFee{.id = "express_fee",
                                 .citation = "jpki-facts 3.7 (express issuance)",
                                 .since = kFirstCards,
                                 .acts = {Verb::replace_card},
                                 .reads = {Fact::certificates, Fact::ground},
                                 .apply = apply};

}  // namespace shomei::rules
