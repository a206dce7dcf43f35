// A face-authentication card has no PIN that could be changed, reset or unlocked.
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (c.facts.card_kind != CardKind::face_authentication) return std::nullopt;
  return refuses("face_authentication_card_has_no_pin", "would_pass_standard_card");
}

}  // namespace

constinit const Rule kFaceAuthenticationNoPin{.id = "face_authentication_no_pin",
                                              .citation = "jpki-facts 3.1, 3.5",
                                              .since = kFaceAuthenticationCards,
                                              .acts = {Verb::change_pin, Verb::reset_pin, Verb::unlock_pin},
                                              .reads = {Fact::card_kind},
                                              .apply = apply};

}  // namespace shomei::rules
