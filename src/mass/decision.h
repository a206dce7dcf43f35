// The decision of a mass act. One for all of its certificates: over what they have in common, which is the
// ground, the office and the kinds, and over nothing of any person. It is the same rules that decide a
// counter's acts, so a mass act is of an office's own accord (office_fault, authority_compromise), or a hold.
#pragma once

#include "counter/parts.h"
#include "mass/order.h"

namespace shomei::mass {

rules::Act act_of_rules(Verb verb);
rules::Facts facts_of(const Order& order, const counter::Office& office, Instant at);
// As of the moment at which it was fixed: an order that an office gave while it was open is carried out to
// its end at night. What the rules refuse; not_found "office_unknown".
Result<counter::Decided> decide(const counter::Parts& parts, const Order& order);

}  // namespace shomei::mass
