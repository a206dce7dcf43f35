// Certificates and PINs are free.
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case&) {
  return informs("free_of_charge", {}, Fee{0});
}

}  // namespace

constinit const Rule kNoFee{
    .id = "no_fee",
    .citation = "seed: fee (free)",
    .since = kFirstCards,
    .acts = {Verb::issue, Verb::renew, Verb::revoke, Verb::suspend, Verb::restore, Verb::change_pin,
             Verb::reset_pin, Verb::unlock_pin, Verb::notice, Verb::event},
    .reads = {},
    .apply = apply};

}  // namespace shomei::rules
