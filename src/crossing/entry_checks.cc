#include "crossing/entry_checks.h"

#include <algorithm>

#include "crossing/register_words.h"
#include "crypto/digest.h"
#include "issuer/token_serial.h"
#include "journal/binding.h"

namespace shomei::crossing {
namespace {

namespace field = journal::field;
using journal::CertificateState;
using journal::Phase;

std::string digest_of(ByteView bytes) {
  return to_hex(crypto::sha256(bytes));
}

std::string seconds(Instant at) {
  return std::to_string(at.time_since_epoch().count());
}

// The certificate of that digest among the fields of a result; none when it is not there.
std::optional<pki::Certificate> certificate_in(const journal::Fields& person, const crypto::Sha256& digest) {
  for (auto it = person.lower_bound(field::kCertificate);
       it != person.end() && it->first.starts_with(field::kCertificate); ++it) {
    if (crypto::sha256(it->second) != digest) continue;
    if (auto parsed = pki::parse_certificate(it->second)) return *std::move(parsed);
  }
  return std::nullopt;
}

bool changes_a_status(const Said& said) {
  return std::ranges::any_of(said.changes, [](const journal::StatusChange& change) {
    return std::holds_alternative<journal::CertificateRevoked>(change) ||
           std::holds_alternative<journal::CertificateSuspended>(change) ||
           std::holds_alternative<journal::CertificateRestored>(change);
  });
}

// Acts on one certificate, each taken in under a request of its own. A blocked key (which has a cause) ends
// those of many under one.
bool is_one_change(const Said& said) {
  const bool of_them = said.verb == "revoke" || said.verb == "suspend" || said.verb == "restore";
  return of_them && said.phase == Phase::whole && !said.refused() && !said.officer.contains(field::kCause) &&
         changes_a_status(said);
}

}  // namespace

std::string serial_words(const std::string& authority, const pki::SerialNumber& serial) {
  return joined({authority, serial.hex()});
}

std::string issued_words(const journal::CertificateIssued& change) {
  return joined({change.authority, change.serial.hex(), seconds(change.not_before), seconds(change.not_after),
                 change.partition, to_hex(change.certificate)});
}

std::string state_words(CertificateState state, const std::optional<Instant>& at,
                        const std::optional<pki::RevocationReason>& reason) {
  return joined({journal::name(state), at ? seconds(*at) : "", reason ? pki::name(*reason) : ""});
}

void EntryChecks::check(const Said& said) {
  said_ = &said;
  check_act();
  check_officer();
  check_bound();
  check_request();
  check_register();
  check_people();
  check_facts();
  check_changes();
}

void EntryChecks::tell(const Key& key, std::string_view invariant, std::string detail) {
  findings_.tell(key, said_->sequence, invariant, std::move(detail));
}

void EntryChecks::hold(Topic topic, std::string_view thing, std::string_view said, std::string_view invariant,
                       std::string_view what, bool needed) {
  const auto key = Recall::key_of(topic, thing);
  const auto heard = recall_.look(key, said);
  if (heard == Heard::other || (needed && heard == Heard::nothing)) tell(key, invariant, std::string(what));
}

bool EntryChecks::issues() const {
  return std::ranges::any_of(said_->changes, [](const journal::StatusChange& change) {
    return std::holds_alternative<journal::CertificateIssued>(change);
  });
}

// An intent says whom its act is about and what binds it; what follows says the same.
void EntryChecks::check_act() {
  const auto& s = *said_;
  const auto person = joined({s.resident, s.card});
  const bool begins = s.phase == Phase::intent;
  if (!s.resident.empty() && begins)
    recall_.say(Recall::key_of(Topic::act_person, s.act), person);
  else if (!s.resident.empty())
    hold(Topic::act_person, s.act, person, invariant::kActPerson,
         "The resident " + s.resident + " and the card " + s.card + " are not those of the act's intent.");
  if (s.phase == Phase::written_off) recall_.say(Recall::key_of(Topic::act_end, s.act), "written off");
  if (s.phase == Phase::confirmation) recall_.say(Recall::key_of(Topic::act_confirmed, s.act), "confirmed");
}

// Whoever sees the card next may bring an act to its end, and does it under a request of their own. A
// certificate is issued under that of the intent alone.
void EntryChecks::check_officer() {
  const auto& s = *said_;
  const auto officer = joined({s.actor, s.office});
  const auto request_key = Recall::key_of(Topic::act_request, s.act);
  const auto officer_key = Recall::key_of(Topic::act_officer, joined({s.act, s.request}));
  if (s.phase == Phase::intent || s.phase == Phase::whole) {
    recall_.hear(request_key, s.request);
    recall_.hear(officer_key, officer);
    return;
  }
  const auto detail = s.actor + " at " + s.office + " under the request " + s.request +
                      " is not who began the act, or not the request under which it was begun.";
  if (issues() && recall_.look(request_key, s.request) == Heard::other)
    tell(request_key, invariant::kActOfficer, detail);
  if (recall_.look(officer_key, officer) == Heard::other) tell(officer_key, invariant::kActOfficer, detail);
}

// Whether the digest is of what the entry names can be told of an intent whose person part is there.
void EntryChecks::check_bound() {
  const auto& s = *said_;
  const auto bound = s.officer.find(field::kBound);
  if (bound == s.officer.end()) return;
  const auto key = Recall::key_of(Topic::act_bound, s.act);
  if (recall_.hear(key, to_text(bound->second)) == Heard::other)
    tell(key, invariant::kActBound, "The entry is bound to something else than the one before of its act.");
  const auto salt = s.person.find(field::kBoundSalt);
  const auto prepared = s.person.find(field::kTbsCertificate);
  if (s.changes.empty() || salt == s.person.end() || prepared == s.person.end()) return;
  const auto* reserved = std::get_if<journal::SerialReserved>(&s.changes.front());
  const auto tbs = pki::parse_tbs(prepared->second);
  if (!reserved || !tbs) return;
  const journal::Binding binding{s.resident,       s.card,
                                 s.request,        s.actor,
                                 s.office,         reserved->authority,
                                 reserved->serial, crypto::sha256(tbs->key.spki())};
  if (to_hex(journal::bound(binding, salt->second)) != to_text(bound->second))
    tell(key, invariant::kActBound, "The intent is bound to something else than it names.");
}

void EntryChecks::check_request() {
  const auto& s = *said_;
  if (s.request.empty()) return;
  if (s.phase == Phase::intent && !s.resident.empty()) {
    const auto key = Recall::key_of(Topic::request_person, s.request);
    if (recall_.hear(key, joined({s.resident, s.card, s.actor, s.office})) == Heard::other)
      tell(key, invariant::kRequestPerson,
           "Under the request " + s.request + " something was begun for another than " + s.resident +
               ", the card " + s.card + " and " + s.actor + " at " + s.office + ".");
    // Several acts of one visit have one request, whose row names the first.
    const auto row = Recall::key_of(Topic::request_row, s.request);
    if (recall_.look(row, s.act) == Heard::nothing)
      tell(row, invariant::kRequestAct, "The request " + s.request + " of the intent has no row.");
  }
  if (is_one_change(s))
    hold(Topic::request_row, s.request, s.act, invariant::kRequestAct,
         "The request " + s.request + " did not lead to the act " + s.act + ", which names it.", true);
}

// Entries without phases are found under the resident whom they name; those of an issue by its certificate.
void EntryChecks::check_people() {
  const auto& s = *said_;
  if (s.resident.empty()) return;
  hold(Topic::about, std::to_string(s.sequence), s.resident, invariant::kAboutPerson,
       "The entry names the resident " + s.resident + " and is found under another or nobody.",
       s.phase == Phase::whole);
  if (s.card.empty()) return;
  hold(Topic::card_holder, s.card, s.resident, invariant::kCardHolder,
       "The card " + s.card + " is unknown or not of the resident " + s.resident + ".", true);
  hold(Topic::row_person, s.act, joined({s.resident, s.card}), invariant::kRowPerson,
       "The row of the act's certificate is not of the resident " + s.resident + " and the card " + s.card +
           ".");
  const auto attested = s.of_person(field::kAttested);
  if (attested && equal(view(*attested), issuer::token_serial_of(*CardId::parse(s.card)))) return;
  if (attested)
    tell(Recall::key_of(Topic::act_person, s.act), invariant::kCertificateAttested,
         "The key was attested by the card with the token serial number " + *attested + ", which is not " +
             s.card + ".");
}

void EntryChecks::check_register() {
  const auto& s = *said_;
  const auto before = s.of_person(field::kBefore), after = s.of_person(field::kAfter);
  for (const auto& record : {before, after}) {
    if (!record || residents_id(*record) == s.resident) continue;
    tell(Recall::key_of(Topic::register_record, s.resident), invariant::kRegisterChain,
         "The record is of the resident " + residents_id(*record) + ", the entry of " + s.resident + ".");
  }
  if (before)
    hold(Topic::register_record, s.resident, *before, invariant::kRegisterChain,
         "The event begins at another record than the one before left of the resident " + s.resident + ".");
  if (!after) return;
  recall_.say(Recall::key_of(Topic::register_record, s.resident), *after);
  const auto words = register_words(*after);
  if (!words) return;
  recall_.say(Recall::key_of(Topic::register_attributes, s.resident), words->attributes);
  recall_.say(Recall::key_of(Topic::register_address, s.resident), words->address);
  recall_.say(Recall::key_of(Topic::register_born, s.resident), words->born);
  recall_.say(Recall::key_of(Topic::register_place, s.resident), words->place);
}

// A refused event was decided on the record that it would have left.
void EntryChecks::check_facts() {
  const auto& s = *said_;
  const auto facts = s.of_person(field::kFacts);
  if (!facts || s.refused()) return;
  if (const auto born = born_in_facts(*facts))
    hold(Topic::register_born, s.resident, *born, invariant::kFactsPerson,
         "The rules looked at somebody born on " + *born + ", and the resident " + s.resident + " is not.");
}

void EntryChecks::check_changes() {
  for (const auto& change : said_->changes) std::visit([this](const auto& c) { follow(c); }, change);
}

void EntryChecks::follow(const journal::SerialReserved& change) {
  const auto& s = *said_;
  const auto serial = serial_words(change.authority, change.serial);
  recall_.say(Recall::key_of(Topic::serial_state, serial), state_words(CertificateState::reserved, {}, {}));
  hold(Topic::row_reserved, s.act, serial, invariant::kRowMissing,
       "The certificate " + change.serial.hex() + " of " + change.authority + " has no row of this act.",
       true);
  hold(Topic::row_office, s.act, s.office, invariant::kRowPerson,
       "The row of the act's certificate is not of the office " + s.office + ".");
  check_prepared(change);
}

void EntryChecks::check_prepared(const journal::SerialReserved& change) {
  const auto& s = *said_;
  const auto prepared = s.person.find(field::kTbsCertificate);
  if (prepared == s.person.end()) return;
  const auto key = Recall::key_of(Topic::act_prepared, s.act);
  recall_.say(key, digest_of(prepared->second));
  const auto tbs = pki::parse_tbs(prepared->second);
  if (!tbs || tbs->serial != change.serial)
    return tell(key, invariant::kCertificatePrepared,
                "What the intent prepared does not have the serial number that it reserves.");
  hold(Topic::row_key, s.act, digest_of(tbs->key.spki()), invariant::kRowCertificate,
       "The row of the certificate " + change.serial.hex() + " has another key than was prepared.");
  check_attributes(*tbs);
}

void EntryChecks::check_attributes(const pki::TbsCertificate& tbs) {
  const auto& s = *said_;
  const std::string which = "The certificate " + tbs.serial.hex() + " for the resident " + s.resident;
  if (const auto place = place_of_subject(tbs); !place.empty())
    hold(Topic::register_place, s.resident, place, invariant::kCertificatePlace,
         which + " names the municipality " + place + ", and the register another.");
  const auto words = attribute_words(tbs);
  if (!words) return;
  hold(Topic::register_attributes, s.resident, words->attributes, invariant::kCertificateAttributes,
       which + " has another name, gender or day of birth than the register.");
  const auto address = Recall::key_of(Topic::register_address, s.resident);
  const bool abroad = recall_.look(address, std::string(kMovesAbroad)) == Heard::same;
  if (!abroad && recall_.look(address, words->address) == Heard::other)
    tell(address, invariant::kCertificateAttributes, which + " has another address than the register.");
}

void EntryChecks::follow(const journal::CertificateIssued& change) {
  const auto& s = *said_;
  const std::string which = "The certificate " + change.serial.hex() + " of " + change.authority;
  recall_.say(Recall::key_of(Topic::serial_state, serial_words(change.authority, change.serial)),
              state_words(CertificateState::valid, {}, {}));
  hold(Topic::row_issued, s.act, issued_words(change), invariant::kRowCertificate,
       which + " has a row with another number, validity, partition or certificate, or none.", true);
  if (!s.resident.empty())
    hold(Topic::register_place, s.resident, change.partition, invariant::kCertificatePlace,
         which + " belongs to the partition " + change.partition + ", and its resident to another.");
  const auto certificate = certificate_in(s.person, change.certificate);
  if (certificate)
    hold(Topic::act_prepared, s.act, digest_of(certificate->tbs_der), invariant::kCertificatePrepared,
         which + " is not the one that its intent prepared.");
}

void EntryChecks::follow(const journal::CertificateRevoked& change) {
  const auto serial = serial_words(change.authority, change.serial);
  recall_.say(Recall::key_of(Topic::serial_state, serial),
              state_words(CertificateState::revoked, change.revoked_at, change.reason));
  check_holder(serial);
}

void EntryChecks::follow(const journal::CertificateSuspended& change) {
  const auto serial = serial_words(change.authority, change.serial);
  recall_.say(
      Recall::key_of(Topic::serial_state, serial),
      state_words(CertificateState::suspended, change.suspended_at, pki::RevocationReason::certificate_hold));
  check_holder(serial);
}

void EntryChecks::follow(const journal::CertificateRestored& change) {
  const auto serial = serial_words(change.authority, change.serial);
  recall_.say(Recall::key_of(Topic::serial_state, serial), state_words(CertificateState::valid, {}, {}));
  check_holder(serial);
}

// A register event ends what its resident holds on any card; every other act names the card that it is about.
void EntryChecks::check_holder(const std::string& serial) {
  const auto& s = *said_;
  if (s.resident.empty()) return;
  hold(Topic::serial_person, serial, s.resident, invariant::kStatusPerson,
       "A certificate that is not of the resident " + s.resident + " changes its status.", true);
  if (!s.card.empty() && !s.person.contains(field::kCardState))
    hold(Topic::serial_card, serial, s.card, invariant::kStatusPerson,
         "A certificate that is not on the card " + s.card + " changes its status.");
}

}  // namespace shomei::crossing
