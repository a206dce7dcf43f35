// Questions about a case that several rules ask.
#pragma once

#include <algorithm>
#include <optional>

#include "rules/days.h"
#include "rules/rule.h"

namespace shomei::rules {

inline constexpr int kOwnActs = 15;  // from this age a person acts without a representative

// The certificates that an act is about: of its kind, or of both.
inline bool is_about(const Act& act, Kind kind) {
  return !act.kind || act.kind == kind;
}

// The ends of those certificates of the kinds that are in force at that moment; both flags off when there is
// none: what has expired by then ends by itself.
inline Ends ends_in_force(const Case& c, bool signature, bool authentication, Instant from, Reason reason) {
  const Date day = jst_date(from);
  return {signature && in_force(c.facts, Kind::signature, day) != nullptr,
          authentication && in_force(c.facts, Kind::user_authentication, day) != nullptr, from, reason};
}

// The day on which the record is closed; a day that has passed, or was not given, means now: a revocation
// does not reach back.
inline Instant closed_at(const Case& c, const std::optional<Date>& day) {
  return day ? std::max(first_second(*day), c.at) : c.at;
}
inline Ends ends_of_act(const Case& c, Reason reason) {
  return ends_in_force(c, is_about(c.act, Kind::signature), is_about(c.act, Kind::user_authentication), c.at,
                       reason);
}
inline bool any(const Ends& ends) {
  return ends.signature || ends.user_authentication;
}

inline Applicant applicant_of(const Facts& facts) {
  return facts.applicant.value_or(Applicant::self);
}

inline bool at_office(const Facts& facts, OfficeKind kind) {
  return facts.office && facts.office->kind == kind;
}

// The person has left Japan for abroad, with or without the procedure for using the card there.
inline bool left_japan(const Facts& facts, Date on) {
  return facts.moving_abroad && facts.moving_abroad->planned <= on;
}

// An act of the office itself, for which nobody applies: an error of its own, or the authority's key.
inline bool ex_officio(const Case& c) {
  return c.act.verb == Verb::revoke &&
         (c.facts.ground == Ground::office_fault || c.facts.ground == Ground::authority_compromise);
}

inline bool shows_documents(const Facts& facts) {
  return facts.proofs.has(Proof::document_a) || facts.proofs.count(Proof::document_b) >= 2;
}

}  // namespace shomei::rules
