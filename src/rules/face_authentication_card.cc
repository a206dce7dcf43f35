// A face-authentication card has no PINs: it never holds a signature certificate (jpki-facts 3.1).
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> issue(const Issue& act, const Facts& facts, Date) {
  if (facts.card_kind != CardKind::face_authentication || act.kind != Kind::signature) return std::nullopt;
  Finding finding{.outcome = Outcome::refuse, .code = "face_authentication_card_signs_nothing"};
  finding.would_pass_code = "would_pass_standard_card";
  return finding;
}

}  // namespace

constinit const Rule kFaceAuthenticationCard{"face_authentication_card",
                                             "jpki-facts 3.1 (face-authentication card)",
                                             std::chrono::year{2023} / 12 / 15, issue};

}  // namespace shomei::rules
