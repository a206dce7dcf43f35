// What a new PIN looks like and how many wrong tries it allows.
#include "rules/pins/pin_quality.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (!c.act.kind) return std::nullopt;
  if (*c.act.kind == Kind::signature) return informs("signature_password_form", {{"tries", kSignatureTries}});
  return informs("authentication_pin_form", {{"tries", kAuthenticationTries}});
}

}  // namespace

constinit const Rule kPinForm{.id = "pin_form",
                              .citation = "seed: password; jpki-facts 1.4 (PIN rules)",
                              .since = kFirstCards,
                              .acts = {Verb::change_pin, Verb::reset_pin, Verb::unlock_pin},
                              .reads = {},
                              .apply = apply};

}  // namespace shomei::rules
