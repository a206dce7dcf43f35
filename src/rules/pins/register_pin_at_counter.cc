// The register's own PINs are set at a counter alone.
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (!c.act.register_pin || !c.facts.office) return std::nullopt;
  if (c.facts.office->kind != OfficeKind::kiosk && c.facts.office->kind != OfficeKind::online)
    return std::nullopt;
  return refuses("register_pin_not_here", "would_pass_at_counter", {{"office", name(c.facts.office->kind)}});
}

}  // namespace

constinit const Rule kRegisterPinAtCounter{.id = "register_pin_at_counter",
                                           .citation = "jpki-facts 3.5 (not possible at the kiosk)",
                                           .since = kFirstCards,
                                           .acts = {Verb::change_pin, Verb::reset_pin, Verb::unlock_pin},
                                           .reads = {Fact::office_kind},
                                           .apply = apply};

}  // namespace shomei::rules
