// A face-authentication card has no PINs: user authentication is mandatory on it, a signature certificate
// impossible.
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (c.facts.card_kind != CardKind::face_authentication) return std::nullopt;
  if (c.act.kind == Kind::signature)
    return refuses("face_authentication_card_signs_nothing", "would_pass_standard_card");
  return passes("face_authentication_card_authenticates");
}

}  // namespace

constinit const Rule kFaceAuthenticationCard{.id = "face_authentication_card",
                                             .citation = "jpki-facts 3.1, 3.8 (rule amendment of 2023-12-15)",
                                             .since = kFaceAuthenticationCards,
                                             .acts = {Verb::issue, Verb::renew},
                                             .reads = {Fact::card_kind},
                                             .apply = apply};

}  // namespace shomei::rules
