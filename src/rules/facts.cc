#include "rules/facts.h"

#include "rules/words.h"

namespace shomei::rules {
namespace {

constexpr Words<ResidenceStatus, 5> kStatuses{
    {{ResidenceStatus::japanese, "japanese"},
     {ResidenceStatus::special_permanent_resident, "special_permanent_resident"},
     {ResidenceStatus::permanent_resident, "permanent_resident"},
     {ResidenceStatus::other_foreign_resident, "other_foreign_resident"},
     {ResidenceStatus::no_end_of_stay, "no_end_of_stay"}}};

constexpr Words<CardKind, 2> kCardKinds{
    {{CardKind::standard, "standard"}, {CardKind::face_authentication, "face_authentication"}}};

constexpr Words<CardState, 5> kCardStates{{{CardState::active, "active"},
                                           {CardState::suspended, "suspended"},
                                           {CardState::lost, "lost"},
                                           {CardState::returned, "returned"},
                                           {CardState::expired, "expired"}}};

constexpr Words<CertificateState, 3> kCertificateStates{{{CertificateState::valid, "valid"},
                                                         {CertificateState::suspended, "suspended"},
                                                         {CertificateState::revoked, "revoked"}}};

constexpr Words<OfficeKind, 6> kOfficeKinds{{{OfficeKind::city_hall, "city_hall"},
                                             {OfficeKind::branch_office, "branch_office"},
                                             {OfficeKind::diplomatic_mission, "diplomatic_mission"},
                                             {OfficeKind::kiosk, "kiosk"},
                                             {OfficeKind::online, "online"},
                                             {OfficeKind::call_centre, "call_centre"}}};

constexpr Words<Applicant, 3> kApplicants{{{Applicant::self, "self"},
                                           {Applicant::legal_representative, "legal_representative"},
                                           {Applicant::voluntary_agent, "voluntary_agent"}}};

constexpr Words<Proof, kProofs> kProofWords{{{Proof::pin, "pin"},
                                             {Proof::other_pin, "other_pin"},
                                             {Proof::face, "face"},
                                             {Proof::document_a, "document_a"},
                                             {Proof::document_b, "document_b"},
                                             {Proof::answer_sheet, "answer_sheet"},
                                             {Proof::inquiry_letter, "inquiry_letter"},
                                             {Proof::guardianship_certificate, "guardianship_certificate"}}};

constexpr Words<Ground, 11> kGrounds{{{Ground::lost, "lost"},
                                      {Ground::stolen, "stolen"},
                                      {Ground::damaged, "damaged"},
                                      {Ground::disaster, "disaster"},
                                      {Ground::defect, "defect"},
                                      {Ground::office_fault, "office_fault"},
                                      {Ground::leak, "leak"},
                                      {Ground::wish, "wish"},
                                      {Ground::reissue, "reissue"},
                                      {Ground::express, "express"},
                                      {Ground::authority_compromise, "authority_compromise"}}};

constexpr Words<Event, 9> kEvents{{{Event::moved, "moved"},
                                   {Event::renamed, "renamed"},
                                   {Event::gender_changed, "gender_changed"},
                                   {Event::birth_date_corrected, "birth_date_corrected"},
                                   {Event::move_out, "move_out"},
                                   {Event::moved_abroad, "moved_abroad"},
                                   {Event::died, "died"},
                                   {Event::lost_status, "lost_status"},
                                   {Event::card_returned, "card_returned"}}};

constexpr Words<Fact, kFacts> kFactNames{{{Fact::born, "resident.born"},
                                          {Fact::status, "resident.status"},
                                          {Fact::period_of_stay_ends, "resident.period_of_stay_ends"},
                                          {Fact::adult_ward, "resident.adult_ward"},
                                          {Fact::died, "resident.died"},
                                          {Fact::left_register, "resident.left_register"},
                                          {Fact::moving_abroad, "resident.moving_abroad"},
                                          {Fact::municipality, "resident.municipality"},
                                          {Fact::registered_domicile, "resident.registered_domicile"},
                                          {Fact::card_kind, "card.kind"},
                                          {Fact::card_state, "card.state"},
                                          {Fact::card_valid_until, "card.valid_until"},
                                          {Fact::certificates, "certificates"},
                                          {Fact::office_kind, "office.kind"},
                                          {Fact::office_municipality, "office.municipality"},
                                          {Fact::office_chain, "office.chain"},
                                          {Fact::office_hours, "office.hours"},
                                          {Fact::applicant, "applicant"},
                                          {Fact::proofs, "proofs"},
                                          {Fact::exception, "exception"},
                                          {Fact::reservation, "reservation"},
                                          {Fact::ground, "ground"},
                                          {Fact::reason, "reason"},
                                          {Fact::event, "event"},
                                          {Fact::at, "at"},
                                          {Fact::authority, "authority"}}};

}  // namespace

std::string_view name(ResidenceStatus status) {
  return word_of(kStatuses, status);
}
std::string_view name(CardKind kind) {
  return word_of(kCardKinds, kind);
}
std::string_view name(CardState state) {
  return word_of(kCardStates, state);
}
std::string_view name(CertificateState state) {
  return word_of(kCertificateStates, state);
}
std::string_view name(OfficeKind kind) {
  return word_of(kOfficeKinds, kind);
}
std::string_view name(Applicant applicant) {
  return word_of(kApplicants, applicant);
}
std::string_view name(Proof proof) {
  return word_of(kProofWords, proof);
}
std::string_view name(Ground ground) {
  return word_of(kGrounds, ground);
}
std::string_view name(Event event) {
  return word_of(kEvents, event);
}
std::string_view name(Fact fact) {
  return word_of(kFactNames, fact);
}

std::optional<ResidenceStatus> parse_residence_status(std::string_view text) {
  return find_word(kStatuses, text);
}
std::optional<CardKind> parse_card_kind(std::string_view text) {
  return find_word(kCardKinds, text);
}
std::optional<CardState> parse_card_state(std::string_view text) {
  return find_word(kCardStates, text);
}
std::optional<CertificateState> parse_certificate_state(std::string_view text) {
  return find_word(kCertificateStates, text);
}
std::optional<OfficeKind> parse_office_kind(std::string_view text) {
  return find_word(kOfficeKinds, text);
}
std::optional<Applicant> parse_applicant(std::string_view text) {
  return find_word(kApplicants, text);
}
std::optional<Proof> parse_proof(std::string_view text) {
  return find_word(kProofWords, text);
}
std::optional<Ground> parse_ground(std::string_view text) {
  return find_word(kGrounds, text);
}
std::optional<Event> parse_event(std::string_view text) {
  return find_word(kEvents, text);
}

std::string format_municipality(Municipality code) {
  std::string text = std::to_string(static_cast<std::uint32_t>(code));
  return std::string(text.size() < 5 ? 5 - text.size() : 0, '0') + text;
}

std::optional<Municipality> parse_municipality(std::string_view text) {
  if (text.size() != 5) return std::nullopt;
  std::uint32_t code = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    code = code * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return Municipality{code};
}

Standing standing(const CertificateFacts& certificate, Date on) {
  if (certificate.state == CertificateState::revoked) return Standing::revoked;
  if (certificate.not_after < on) return Standing::expired;
  return certificate.state == CertificateState::suspended ? Standing::suspended : Standing::valid;
}

const CertificateFacts* in_force(const Facts& facts, Kind kind, Date on) {
  for (const auto& certificate : facts.certificates) {
    const auto now = standing(certificate, on);
    if (certificate.kind == kind && (now == Standing::valid || now == Standing::suspended))
      return &certificate;
  }
  return nullptr;
}

}  // namespace shomei::rules
