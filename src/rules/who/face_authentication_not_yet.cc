// There were no face-authentication cards before.
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (c.facts.card_kind != CardKind::face_authentication) return std::nullopt;
  return refuses("face_authentication_not_yet", "would_pass_with_standard_card",
                 {{"since", kFaceAuthenticationCards}});
}

}  // namespace

constinit const Rule kFaceAuthenticationNotYet{
    .id = "face_authentication_not_yet",
    .citation = "jpki-facts 3.1, 3.8 (rule amendment of 2023-12-15)",
    .since = kFirstCards,
    .until = kFaceAuthenticationCards,
    .acts = {Verb::issue, Verb::renew, Verb::change_pin, Verb::reset_pin, Verb::unlock_pin,
             Verb::replace_card},
    .reads = {Fact::card_kind},
    .apply = apply};

}  // namespace shomei::rules
