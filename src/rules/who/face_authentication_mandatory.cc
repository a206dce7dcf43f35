// A face-authentication card without its user authentication certificate is of no use: it is not given up by
// wish while the card is kept.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  const Facts& f = c.facts;
  const bool by_wish = !f.ground || f.ground == Ground::wish;
  if (f.card_kind != CardKind::face_authentication || f.card_state != CardState::active || !by_wish ||
      !is_about(c.act, Kind::user_authentication))
    return std::nullopt;
  return refuses("face_authentication_is_mandatory", "would_pass_when_card_returned");
}

}  // namespace

constinit const Rule kFaceAuthenticationMandatory{
    .id = "face_authentication_mandatory",
    .citation = "jpki-facts 3.1 (user authentication mandatory)",
    .since = kFaceAuthenticationCards,
    .acts = {Verb::revoke},
    .reads = {Fact::card_kind, Fact::card_state, Fact::ground},
    .apply = apply};

}  // namespace shomei::rules
