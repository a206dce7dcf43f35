// A release is about certificates that are suspended.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  for (const auto& certificate : c.facts.certificates)
    if (is_about(c.act, certificate.kind) && standing(certificate, c.on) == Standing::suspended)
      return std::nullopt;
  return informs("no_certificate_suspended", {}, NothingThere{});
}

}  // namespace

constinit const Rule kSomethingSuspended{.id = "something_suspended",
                                         .citation = "jpki-facts 3.4",
                                         .since = kFirstCards,
                                         .acts = {Verb::restore},
                                         .reads = {Fact::certificates},
                                         .apply = apply};

}  // namespace shomei::rules
