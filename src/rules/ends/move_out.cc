// A move-out notification ends the signature certificate on the day of the move; it is issued anew at the new
// municipality.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

// The day of the move is the one on which the record is closed.
std::optional<Finding> apply(const Case& c) {
  const Facts& f = c.facts;
  if (f.event != Event::move_out || f.moving_abroad) return std::nullopt;
  const Instant moves = closed_at(c, f.left_register);
  const Ends ends = ends_in_force(c, true, false, moves, Reason::affiliationChanged);
  if (!any(ends)) return informs("no_signature_certificate_ends");
  return informs("move_out_ends_signature", {{"from", jst_date(moves)}}, ends);
}

}  // namespace

constinit const Rule kMoveOut{
    .id = "move_out",
    .citation = "jpki-facts 3.4 (move-out notification)",
    .since = kFirstCards,
    .acts = {Verb::event},
    .reads = {Fact::certificates, Fact::event, Fact::left_register, Fact::moving_abroad, Fact::at},
    .apply = apply};

}  // namespace shomei::rules
