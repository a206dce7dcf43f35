// An error of the record is found: the office revokes of its own accord. The reason is UNCONFIRMED and a
// setting.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  const auto& g = c.facts.ground;
  const bool applies = g == Ground::office_fault;
  const Ends ends = ends_of_act(c, c.settings.recording_error);
  if (!applies || c.facts.stated_reason || !any(ends)) return std::nullopt;
  return informs("recording_error_ends", {}, ends);
}

}  // namespace

constinit const Rule kRecordingError{.id = "recording_error",
                                     .citation = "jpki-facts 3.4 (recording error found)",
                                     .since = kFirstCards,
                                     .acts = {Verb::revoke},
                                     .reads = {Fact::certificates, Fact::ground, Fact::reason, Fact::at},
                                     .apply = apply};

}  // namespace shomei::rules
