// A revocation is about certificates in force.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (any(ends_of_act(c, Reason::unspecified))) return std::nullopt;
  return informs("no_certificate_to_revoke", {}, NothingThere{});
}

}  // namespace

constinit const Rule kSomethingToEnd{.id = "something_to_end",
                                     .citation = "jpki-facts 3.4",
                                     .since = kFirstCards,
                                     .acts = {Verb::revoke},
                                     .reads = {Fact::certificates, Fact::at},
                                     .apply = apply};

}  // namespace shomei::rules
