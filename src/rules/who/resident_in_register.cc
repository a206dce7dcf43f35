// A certificate is for a person who lives and is in the register, or has left Japan (abroad/ says what then).
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  const Facts& f = c.facts;
  if (f.died && *f.died <= c.on) return refuses("resident_died", "would_pass_never", {{"died", *f.died}});
  if (f.left_register && *f.left_register <= c.on && !left_japan(f, c.on))
    return refuses("resident_not_in_register", "would_pass_when_registered", {{"left", *f.left_register}});
  return passes("resident_in_register");
}

}  // namespace

constinit const Rule kResidentInRegister{.id = "resident_in_register",
                                         .citation = "jpki-facts 3.4 (death, loss of resident status)",
                                         .since = kFirstCards,
                                         .acts = {Verb::issue, Verb::renew, Verb::restore, Verb::change_pin,
                                                  Verb::reset_pin, Verb::unlock_pin, Verb::replace_card},
                                         .reads = {Fact::died, Fact::left_register, Fact::moving_abroad},
                                         .apply = apply};

}  // namespace shomei::rules
