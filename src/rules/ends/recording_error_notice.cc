// The holder is told of a revocation for an error of the record.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (c.facts.ground != Ground::office_fault || !any(ends_of_act(c, Reason::unspecified)))
    return std::nullopt;
  return informs("recording_error_told", {}, Notice{c.on, c.on, "holder"});
}

}  // namespace

constinit const Rule kRecordingErrorNotice{.id = "recording_error_notice",
                                           .citation = "jpki-facts 3.4 (holder notified)",
                                           .since = kFirstCards,
                                           .acts = {Verb::revoke},
                                           .reads = {Fact::certificates, Fact::ground, Fact::at},
                                           .apply = apply};

}  // namespace shomei::rules
