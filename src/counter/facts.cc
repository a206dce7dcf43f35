#include "counter/facts.h"

#include "authority/prepare.h"
#include "base/check.h"

namespace shomei::counter {
namespace {

rules::ResidenceStatus status_of(residents::ResidenceStatus status) {
  switch (status) {
    case residents::ResidenceStatus::japanese:
      return rules::ResidenceStatus::japanese;
    case residents::ResidenceStatus::special_permanent_resident:
      return rules::ResidenceStatus::special_permanent_resident;
    case residents::ResidenceStatus::permanent_resident:
      return rules::ResidenceStatus::permanent_resident;
    case residents::ResidenceStatus::other_foreign_resident:
      return rules::ResidenceStatus::other_foreign_resident;
    case residents::ResidenceStatus::no_end_of_stay:
      return rules::ResidenceStatus::no_end_of_stay;
  }
  SHOMEI_INVARIANT(false);
}

rules::CardState state_of(residents::CardState state) {
  switch (state) {
    case residents::CardState::active:
      return rules::CardState::active;
    case residents::CardState::suspended:
      return rules::CardState::suspended;
    case residents::CardState::lost:
      return rules::CardState::lost;
    case residents::CardState::returned:
      return rules::CardState::returned;
    case residents::CardState::expired:
      return rules::CardState::expired;
  }
  SHOMEI_INVARIANT(false);
}

// A certificate that is being issued (reserved) or was written off is on no card.
std::optional<rules::CertificateState> state_of(journal::CertificateState state) {
  switch (state) {
    case journal::CertificateState::valid:
      return rules::CertificateState::valid;
    case journal::CertificateState::suspended:
      return rules::CertificateState::suspended;
    case journal::CertificateState::revoked:
      return rules::CertificateState::revoked;
    case journal::CertificateState::reserved:
    case journal::CertificateState::written_off:
      return std::nullopt;
  }
  SHOMEI_INVARIANT(false);
}

}  // namespace

Result<Holder> find_holder(journal::Rows& rows, const ResidentId& id) {
  SHOMEI_TRY(auto resident, rows.find_resident(id));
  if (!resident) return not_found("resident_unknown", {{"resident", id.text()}});
  SHOMEI_TRY(auto cards, rows.cards_of(id));
  if (cards.empty()) return not_found("resident_has_no_card", {{"resident", id.text()}});
  SHOMEI_TRY(auto certificates, rows.certificates_of(id));
  return Holder{*std::move(resident), std::move(cards.back()), std::move(certificates)};
}

void take_rows(rules::Facts& facts, const Holder& holder) {
  const auto& r = holder.resident;
  facts.born = r.born;
  facts.status = status_of(r.status);
  facts.period_of_stay_ends = r.period_of_stay_ends;
  facts.adult_ward = r.adult_ward;
  facts.died = r.died;
  facts.left_register = r.left_register;
  facts.moving_abroad.reset();
  if (r.moving_abroad)
    facts.moving_abroad = rules::MovingAbroad{r.moving_abroad->planned, r.moving_abroad->continued_use};
  facts.municipality = rules::parse_municipality(r.municipality);
  facts.registered_domicile = rules::parse_municipality(r.registered_domicile);
  const bool face = holder.card.kind == residents::CardKind::face_authentication;
  facts.card_kind = face ? rules::CardKind::face_authentication : rules::CardKind::standard;
  facts.card_state = state_of(holder.card.state);
  facts.card_valid_until = holder.card.valid_until;
  facts.certificates.clear();
  for (const auto& c : holder.certificates) {
    const auto state = state_of(c.state);
    if (state && c.card == holder.card.id)
      facts.certificates.push_back({authority::kind_of(c.kind), *state, jst_date(c.not_after)});
  }
}

rules::Facts facts_of(const Holder& holder) {
  rules::Facts facts;
  take_rows(facts, holder);
  return facts;
}

rules::Office facts_of(const Office& office) {
  rules::Office facts{.kind = office.kind, .municipality = rules::parse_municipality(office.municipality)};
  facts.hours = office.hours;
  return facts;
}

rules::Facts facts_of(const Holder& holder, const Office& office, Instant at) {
  rules::Facts facts = facts_of(holder);
  facts.office = facts_of(office);
  facts.at = at;
  return facts;
}

Result<rules::Facts> facts_of_certificate(journal::Rows& rows, const journal::CertificateRecord& record,
                                          const Office& office, Instant at) {
  SHOMEI_TRY(auto holder, find_holder(rows, record.resident));
  SHOMEI_TRY(auto card, rows.find_card(record.card));
  if (card) holder.card = *std::move(card);
  holder.certificates = {record};
  return facts_of(holder, office, at);
}

void take_in(rules::Facts& facts, const rules::Decision& decision) {
  const auto kind = *decision.act().kind;
  for (auto& certificate : facts.certificates) {
    const auto now = rules::standing(certificate, decision.on());
    if (now != rules::Standing::valid && now != rules::Standing::suspended) continue;
    for (const auto& end : decision.ends())
      if (certificate.kind == end.kind) certificate.state = rules::CertificateState::revoked;
  }
  facts.certificates.push_back({kind, rules::CertificateState::valid, jst_date(*decision.not_after())});
}

}  // namespace shomei::counter
