// An ordinary citizen on an ordinary visit to the city hall, for the tests beside the rules: each test
// changes what it is about. A test's name says where its sentence stands: Seed..., JpkiFacts34..., Rules....
#pragma once

#include <set>

#include "rules/decide.h"

namespace shomei::rules {

inline constexpr Kind kSignature = Kind::signature;
inline constexpr Kind kAuthentication = Kind::user_authentication;
inline constexpr std::string_view kOrdinaryDay = "2026-11-22";

inline Date day(std::string_view text) {
  return *parse_date(text);
}
inline Instant moment(std::string_view text) {
  return *parse_instant(text);
}

template <std::same_as<Proof>... P>
Proofs shown(P... proofs) {
  Proofs all;
  (all.add(proofs), ...);
  return all;
}

// Lives in Inagi, has no certificates yet, comes in person with card, PIN and driving licence.
inline Facts ordinary_citizen() {
  Facts facts;
  facts.born = day("1990-01-02");
  facts.status = ResidenceStatus::japanese;
  facts.municipality = facts.registered_domicile = parse_municipality("13225");
  facts.card_kind = CardKind::standard;
  facts.card_state = CardState::active;
  facts.card_valid_until = day("2036-01-02");
  facts.office = Office{OfficeKind::city_hall, parse_municipality("13225"), "", std::nullopt};
  facts.applicant = Applicant::self;
  facts.proofs = shown(Proof::pin, Proof::document_a);
  return facts;
}

inline CertificateFacts certificate(Kind kind, std::string_view not_after,
                                    CertificateState state = CertificateState::valid) {
  return {kind, state, day(not_after)};
}

inline Facts with_both_certificates() {
  Facts facts = ordinary_citizen();
  facts.certificates = {certificate(kSignature, "2031-01-02"), certificate(kAuthentication, "2031-01-02")};
  return facts;
}

// With a ward or a child: the representative comes, with a document of list A for each of the two.
inline Facts with_representative(Facts facts) {
  facts.applicant = Applicant::legal_representative;
  facts.proofs = shown(Proof::document_a, Proof::document_a, Proof::guardianship_certificate);
  return facts;
}

inline Facts child_born(std::string_view born) {
  Facts facts = with_representative(ordinary_citizen());
  facts.born = day(born);
  return facts;
}

inline Facts foreign_resident(std::string_view stay_ends) {
  Facts facts = ordinary_citizen();
  facts.status = ResidenceStatus::other_foreign_resident;
  facts.period_of_stay_ends = day(stay_ends);
  return facts;
}

inline Facts moving_abroad(std::string_view planned, bool continued_use = true) {
  Facts facts = with_both_certificates();
  facts.moving_abroad = MovingAbroad{day(planned), continued_use};
  return facts;
}

inline Facts at_office_of(Facts facts, OfficeKind kind, std::string_view municipality = {}) {
  facts.office = Office{kind, parse_municipality(municipality), "", std::nullopt};
  return facts;
}

inline Decision ask(Act act, const Facts& facts, std::string_view on = kOrdinaryDay,
                    const Settings& settings = {}) {
  return decide(current_rule_set(settings), act, facts, day(on));
}
inline Decision issue(Kind kind, const Facts& facts, std::string_view on = kOrdinaryDay,
                      const Settings& settings = {}) {
  return ask({Verb::issue, kind, {}}, facts, on, settings);
}
inline Decision renew(Kind kind, const Facts& facts, std::string_view on = kOrdinaryDay,
                      const Settings& settings = {}) {
  return ask({Verb::renew, kind, {}}, facts, on, settings);
}
inline Decision revoke(Facts facts, std::optional<Ground> ground, std::optional<Kind> kind = std::nullopt,
                       const Settings& settings = {}) {
  facts.ground = ground;
  return ask({Verb::revoke, kind, {}}, facts, kOrdinaryDay, settings);
}
inline Decision happens(Event event, Facts facts, std::string_view on = kOrdinaryDay,
                        const Settings& settings = {}) {
  facts.event = event;
  return ask({Verb::event, {}, {}}, facts, on, settings);
}
inline Decision replace_card(Facts facts, std::optional<Ground> ground, std::string_view on = kOrdinaryDay) {
  facts.ground = ground;
  return ask({Verb::replace_card, {}, {}}, facts, on);
}
inline Decision notice(const Facts& facts, std::string_view on = kOrdinaryDay) {
  return ask({Verb::notice, {}, {}}, facts, on);
}

// "granted", the last day of what is issued, the code of the first refusal, or of what is not applicable.
inline std::string outcome(const Decision& decision) {
  if (!decision.granted()) return std::string(decision.refusal().code);
  if (!decision.not_after()) return "granted";
  return format_date(jst_date(*decision.not_after()));
}

// What the rule of that id says; "" when it has no say.
inline std::string said_by(const Decision& decision, std::string_view rule_id) {
  for (const auto& [rule, finding] : decision.rules())
    if (rule->id == rule_id) return std::string(finding.code);
  return {};
}
inline bool takes_part(const Decision& decision, std::string_view rule_id) {
  return !said_by(decision, rule_id).empty();
}

// The members that the refusals for a fact that is not there name.
inline std::set<std::string> members_missing(const Decision& decision) {
  std::set<std::string> members;
  for (const auto& [rule, finding] : decision.rules())
    if (finding.code == "fact_missing") members.insert(format_value(finding.values.all()[0].value));
  return members;
}

// "signature from 2026-12-01T00:00:00+09:00 affiliationChanged; ...", signature first.
inline std::string ends_of(const Decision& decision) {
  std::string text;
  for (const Kind kind : {kSignature, kAuthentication})
    for (const auto& end : decision.ends()) {
      if (end.kind != kind) continue;
      if (!text.empty()) text += "; ";
      text +=
          std::string(name(end.kind)) + " from " + format_jst(end.from) + " " + std::string(name(end.reason));
    }
  return text;
}

// "signature, user_authentication"
inline std::string kinds_ended(const Decision& decision) {
  std::string text;
  for (const Kind kind : {kSignature, kAuthentication})
    for (const auto& end : decision.ends())
      if (end.kind == kind) text += (text.empty() ? "" : ", ") + std::string(name(kind));
  return text;
}

}  // namespace shomei::rules
