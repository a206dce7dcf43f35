// Facts: all that a rule may look at, as one plain struct. Gathered by the counter from the register, the
// card and the store, or read from a facts file (docs/formats/decision.md, explain/facts_json.h).
// What is absent is none; rules that cannot do without `born`, `status`, the card's last day, a foreign
// resident's period of stay or, at a kiosk, its chain and the reservation refuse and name the member.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "rules/act.h"
#include "rules/hours.h"
#include "rules/reason.h"

namespace shomei::rules {

enum class ResidenceStatus : std::uint8_t {
  japanese,
  special_permanent_resident,
  permanent_resident,
  other_foreign_resident,
  no_end_of_stay,  // a foreign resident whose status has no end, such as Highly Skilled Professional (ii)
};
enum class CardKind : std::uint8_t { standard, face_authentication };
enum class CardState : std::uint8_t { active, suspended, lost, returned, expired };
enum class CertificateState : std::uint8_t { valid, suspended, revoked };
enum class OfficeKind : std::uint8_t {
  city_hall,
  branch_office,
  diplomatic_mission,
  kiosk,
  online,
  call_centre
};
enum class Applicant : std::uint8_t { self, legal_representative, voluntary_agent };
// What is shown. A proof may be shown more than once: two documents of list B, one of list A for each of two
// persons.
enum class Proof : std::uint8_t {
  pin,        // of one's own valid card
  other_pin,  // the PIN of the card's other certificate
  face,       // compared with the photograph on the chip
  document_a,
  document_b,
  answer_sheet,    // came with the expiry notice, filled in and sealed by the holder
  inquiry_letter,  // sent to the holder's address when someone else applies
  guardianship_certificate
};
inline constexpr int kProofs = 8;
enum class Ground : std::uint8_t {
  lost,
  stolen,
  damaged,
  disaster,
  defect,
  office_fault,
  leak,
  wish,
  reissue,
  express,
  authority_compromise  // of the authority's key: a mass act, never a holder's
};
// What happens to a person's record, or to the card.
enum class Event : std::uint8_t {
  moved,
  renamed,
  gender_changed,
  birth_date_corrected,
  move_out,
  moved_abroad,
  died,
  lost_status,
  card_returned
};

std::string_view name(ResidenceStatus status);
std::string_view name(CardKind kind);
std::string_view name(CardState state);
std::string_view name(CertificateState state);
std::string_view name(OfficeKind kind);
std::string_view name(Applicant applicant);
std::string_view name(Proof proof);
std::string_view name(Ground ground);
std::string_view name(Event event);
std::optional<ResidenceStatus> parse_residence_status(std::string_view text);
std::optional<CardKind> parse_card_kind(std::string_view text);
std::optional<CardState> parse_card_state(std::string_view text);
std::optional<CertificateState> parse_certificate_state(std::string_view text);
std::optional<OfficeKind> parse_office_kind(std::string_view text);
std::optional<Applicant> parse_applicant(std::string_view text);
std::optional<Proof> parse_proof(std::string_view text);
std::optional<Ground> parse_ground(std::string_view text);
std::optional<Event> parse_event(std::string_view text);

// The code of a municipality: five digits as a number, so that 01100 is 1100.
enum class Municipality : std::uint32_t {};
std::string format_municipality(Municipality code);                     // "01100"
std::optional<Municipality> parse_municipality(std::string_view text);  // exactly five digits

struct MovingAbroad {
  Date planned;                // the day of departure
  bool continued_use = false;  // the procedure to go on using the card abroad was asked for
  bool operator==(const MovingAbroad&) const = default;
};

struct CertificateFacts {
  Kind kind{};
  CertificateState state{};
  Date not_after;  // its last day
  bool operator==(const CertificateFacts&) const = default;
};

struct Office {
  OfficeKind kind{};
  std::optional<Municipality> municipality;
  std::string chain;           // of a kiosk: "seven_eleven", ...; any word
  std::optional<Hours> hours;  // none: always open, except a kiosk
  bool operator==(const Office&) const = default;
};

// "In principle": a person who may not have it may, when a ground is recorded and a second officer agreed.
struct Exception {
  std::string ground;
  bool second_officer = false;
  bool operator==(const Exception&) const = default;
};

// How often each proof is shown.
class Proofs {
 public:
  void add(Proof proof) { ++counts_[static_cast<std::size_t>(proof)]; }
  int count(Proof proof) const { return counts_[static_cast<std::size_t>(proof)]; }
  bool has(Proof proof) const { return count(proof) > 0; }
  bool operator==(const Proofs&) const = default;

 private:
  std::array<std::uint8_t, kProofs> counts_{};
};

struct Facts {
  std::optional<Date> born;
  std::optional<ResidenceStatus> status;
  std::optional<Date> period_of_stay_ends;
  bool adult_ward = false;
  std::optional<Date> died;
  std::optional<Date> left_register;
  std::optional<MovingAbroad> moving_abroad;
  std::optional<Municipality> municipality;
  std::optional<Municipality> registered_domicile;

  CardKind card_kind{};
  CardState card_state{};
  std::optional<Date> card_valid_until;
  std::vector<CertificateFacts> certificates;  // on this card

  std::optional<Office> office;
  std::optional<Applicant> applicant;  // none: the person
  Proofs proofs;
  std::optional<Exception> exception;
  std::optional<Instant> reservation_made_at;
  std::optional<Ground> ground;
  std::optional<Reason> stated_reason;  // of a revocation, by an officer
  std::optional<Event> event;
  std::optional<Instant> at;  // none: the day is asked about, not a moment of it

  // The authority that would issue: its last whole day, and the last day on which it still issues.
  std::optional<Date> authority_valid_until;
  std::optional<Date> authority_issues_until;

  bool operator==(const Facts&) const = default;
};

// The members of Facts by the names that they have in a facts file, for a rule to say what it reads.
enum class Fact : std::uint8_t {
  born,
  status,
  period_of_stay_ends,
  adult_ward,
  died,
  left_register,
  moving_abroad,
  municipality,
  registered_domicile,
  card_kind,
  card_state,
  card_valid_until,
  certificates,
  office_kind,
  office_municipality,
  office_chain,
  office_hours,
  applicant,
  proofs,
  exception,
  reservation,
  ground,
  reason,
  event,
  at,
  authority
};
inline constexpr int kFacts = 26;
std::string_view name(Fact fact);  // "resident.born"

class FactSet {
 public:
  template <std::same_as<Fact>... F>
  constexpr FactSet(F... facts) : bits_((0U | ... | bit(facts))) {}  // NOLINT: reads as a list
  constexpr bool contains(Fact fact) const { return (bits_ & bit(fact)) != 0; }

 private:
  static constexpr std::uint32_t bit(Fact fact) { return 1U << static_cast<unsigned>(fact); }
  std::uint32_t bits_;
};

// Of a certificate on a day, exactly one of the four: a revoked one stays revoked, and one past its last day
// has expired whatever it was before.
enum class Standing : std::uint8_t { valid, suspended, revoked, expired };
Standing standing(const CertificateFacts& certificate, Date on);

// The certificate of that kind that is valid or suspended on the day; null when there is none.
const CertificateFacts* in_force(const Facts& facts, Kind kind, Date on);

}  // namespace shomei::rules
