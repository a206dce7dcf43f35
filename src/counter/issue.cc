#include "counter/issue.h"

#include <algorithm>
#include <tuple>

#include "authority/issue.h"
#include "authority/serial.h"
#include "base/check.h"
#include "counter/admit.h"
#include "counter/card_policy.h"
#include "counter/kinds_in_order.h"
#include "counter/subject.h"
#include "crypto/digest.h"
#include "crypto/random.h"
#include "pki/request.h"
#include "rules/pins/pin_quality.h"

namespace shomei::counter {
namespace {

using journal::CertificateRecord;
using journal::CertificateState;
using pki::CertificateKind;
namespace field = journal::field;

constexpr int kSerialTriesMax = 3;

// What is the same for every certificate of the visit, and what has been issued in it.
struct Visit {
  const Parts& parts;
  const Grants& grants;
  OpenCard card;
  authority::Municipality place;
  std::vector<Issued> issued;
};

journal::RequestRecord request_record(const IssueRequest& request, const ActId& act) {
  std::string content = request.resident.text() + '\0' + request.officer.office.text();
  for (auto kind : in_order(request.kinds)) content += '\0' + std::string(pki::name(kind));
  content += '\0' + words_of(request.application);
  return {request.officer.request, act, crypto::sha256(view(content))};
}

// Before anything is done on the card; the intent looks again.
Result<void> expect_new(journal::Rows& rows, const RequestId& request) {
  SHOMEI_TRY(const auto first, rows.find_request(request));
  if (!first) return {};
  return conflict("request_exists", {{"request", request.text()}, {"act", first->act.text()}});
}

Result<void> check_pins(const std::vector<card::Kind>& kinds, const CardPins& pins, Date born,
                        const rules::Settings& settings) {
  for (const auto kind : kinds)
    SHOMEI_CHECK(rules::check_pin(authority::kind_of(certificate_kind(kind)), pins.of(kind).reveal_text(),
                                  born, settings));
  return {};
}

void sort_certificates(rules::Facts& facts) {
  std::ranges::sort(facts.certificates, {}, [](const rules::CertificateFacts& c) {
    return std::tuple(c.kind, c.state, c.not_after);
  });
}

// Looked at in the transaction that takes the serial: between the decision and this, minutes may have passed
// at the terminal, and others have acted. What this visit itself has issued is no change.
Result<void> expect_same_facts(journal::Rows& rows, const Visit& visit) {
  SHOMEI_TRY(const auto holder, find_holder(rows, visit.grants.request().resident));
  rules::Facts expected = visit.grants.facts();
  for (const auto& i : visit.issued) take_in(expected, i.decision);
  rules::Facts now = expected;
  take_rows(now, holder);
  sort_certificates(expected);
  sort_certificates(now);
  if (holder.card.id == visit.grants.holder().card.id && now == expected) return {};
  return conflict("facts_changed", {{"resident", holder.resident.id.text()}});
}

// A key, and the card that says that it made it.
struct ProvenKey {
  crypto::PublicKey key;
  std::optional<issuer::TokenSerial> attested;
};

authority::Order order_for(const Visit& visit, const Grants::Grant& grant, const ActId& act,
                           const ProvenKey& proven) {
  const auto& request = visit.grants.request();
  authority::Order order;
  order.act = act;
  order.resident = visit.grants.holder().resident.id;
  order.card = visit.grants.holder().card.id;
  order.office = request.officer.office;
  order.partition = visit.place.code;
  order.person = grant.person;
  put_attested(order.person, proven.attested);
  order.officer = officer_fields("issue", request.officer);
  if (visit.issued.empty()) order.request = request_record(request, act);
  order.still_holds = [&visit](journal::Rows& rows) { return expect_same_facts(rows, visit); };
  return order;
}

Result<issuer::KeyProof> make_key(const OpenCard& card, CertificateKind kind, const ActId& act) {
  SHOMEI_TRY(
      auto made,
      carry_out(card.issuer, card.transport,
                {.what = Errand::What::make_key, .kinds = {card_kind(kind)}, .challenge = act.text()}));
  if (!made.proof) return malformed("errand_form", {{"errand", "make_key"}});
  return *std::move(made.proof);
}

Result<ProvenKey> proven_key(const Visit& visit, CertificateKind kind, const ActId& act) {
  SHOMEI_TRY(const auto proof, make_key(visit.card, kind, act));
  SHOMEI_TRY(auto proven, pki::verify_request(proof.pkcs10, act.text()));
  SHOMEI_TRY(const auto attested,
             check_attestation(visit.parts, kind, proven.key, act.text(), proof.attestation));
  SHOMEI_CHECK(expect_card(attested, visit.grants.holder().card.id));
  return ProvenKey{std::move(proven.key), attested};
}

Result<Issued> issue_one(const Visit& visit, const Grants::Grant& grant) {
  SHOMEI_TRY(const auto* authority, visit.parts.issuing_authority(grant.kind));
  const auto act = crypto::ordered_identifier<ActId>();
  SHOMEI_TRY(const auto proven, proven_key(visit, grant.kind, act));
  const auto subject =
      subject_of(visit.grants.holder().resident, grant.decision, visit.place, visit.parts.rules.settings);
  SHOMEI_TRY(const auto known, known_keys_of(visit.parts));
  for (int tries = 1;; ++tries) {
    SHOMEI_TRY(const auto serial,
               authority::next_serial(visit.parts.profile, *authority, visit.parts.journal));
    SHOMEI_TRY(auto linted, authority::prepare(*authority, visit.parts.profile, grant.decision, subject,
                                               proven.key, serial, *known));
    auto record = authority::issue(std::move(linted), *authority, order_for(visit, grant, act, proven),
                                   visit.parts.journal);
    if (record) return Issued{*std::move(record), grant.decision};
    if (record.error().code != "serial_used" || tries == kSerialTriesMax) return std::move(record).error();
  }
}

std::string serials_of(const std::vector<CertificateRecord>& records) {
  std::string serials;
  for (const auto& record : records) serials += (serials.empty() ? "" : ", ") + record.serial.hex();
  return serials;
}

// The issuer writes what was issued for the keys that wait, and confirms what the card then says it has.
Result<void> finish(Visit& visit) {
  SHOMEI_TRY(const auto outcome,
             carry_out(visit.card.issuer, visit.card.transport, {.what = Errand::What::finish}));
  for (auto& i : visit.issued) {
    const auto is_it = [&](const SettledThing& thing) {
      return thing.serial == i.record.serial.hex() && thing.pin == card::pin_id(card_kind(i.record.kind)) &&
             thing.end != authority::CardEnd::rolled_back;
    };
    i.record.delivered = std::ranges::any_of(outcome.card.settled, is_it);
  }
  if (std::ranges::all_of(visit.issued, [](const Issued& i) { return i.record.delivered; })) return {};
  std::vector<CertificateRecord> records;
  for (const auto& i : visit.issued) records.push_back(i.record);
  return conflict("card_not_finished", {{"what", "card"}, {"serials", serials_of(records)}});
}

// Whether the act was begun under the request, as its first entry says.
Result<bool> is_of_request(journal::Rows& rows, const ActId& act, const RequestId& request) {
  SHOMEI_TRY(const auto sequences, rows.entries_of_act(act));
  if (sequences.empty()) return false;
  SHOMEI_TRY(const auto stored, rows.find_entry(sequences.front()));
  if (!stored) return false;
  const auto& part = stored->parts[static_cast<std::size_t>(journal::PartKind::officer)];
  if (!part) return false;
  SHOMEI_TRY(const auto fields, journal::parse_fields(part->body));
  return journal::text(fields, field::kRequest) == request.text();
}

// What the request led to, whatever became of it.
Result<std::vector<CertificateRecord>> begun_for(journal::Rows& rows, const IssueRequest& request) {
  SHOMEI_TRY(const auto all, rows.certificates_of(request.resident));
  std::vector<CertificateRecord> begun;
  for (const auto& record : all) {
    SHOMEI_TRY(const bool is, is_of_request(rows, record.act, request.officer.request));
    if (is) begun.push_back(record);
  }
  return begun;
}

bool came_to_nothing(const CertificateRecord& record) {
  const bool taken_back = record.state == CertificateState::revoked && !record.delivered;
  return taken_back || record.state == CertificateState::written_off;
}

}  // namespace

Result<std::optional<std::vector<CertificateRecord>>> issued_before(const Parts& parts,
                                                                    const IssueRequest& request) {
  const auto& id = request.officer.request;
  SHOMEI_TRY(auto rows, parts.journal.read());
  SHOMEI_TRY(const auto first, rows->find_request(id));
  if (!first) return std::optional<std::vector<CertificateRecord>>{};
  if (first->content != request_record(request, first->act).content)
    return conflict("request_differs", {{"request", id.text()}, {"act", first->act.text()}});
  SHOMEI_TRY(auto begun, begun_for(*rows, request));
  if (std::ranges::any_of(begun, came_to_nothing))
    return conflict("request_interrupted", {{"request", id.text()}});
  // The card gets all or nothing: what one certificate has come to, the others come to as well.
  if (begun.empty() || !std::ranges::all_of(begun, &CertificateRecord::delivered))
    return conflict("request_exists", {{"request", id.text()}, {"act", first->act.text()}});
  if (begun.size() < in_order(request.kinds).size())
    return conflict("request_half_done", {{"request", id.text()}, {"serials", serials_of(begun)}});
  return std::optional{std::move(begun)};
}

Result<Grants> decide_issue(const Parts& parts, const IssueRequest& asked) {
  SHOMEI_INVARIANT(!asked.kinds.empty());
  SHOMEI_TRY(const auto office, admit(parts, "issue", asked.officer));
  IssueRequest request = asked;
  SHOMEI_CHECK(
      take_agreement(parts, asked.officer, asked.resident, in_order(asked.kinds), request.application));
  SHOMEI_TRY(auto rows, parts.journal.read());
  SHOMEI_CHECK(expect_new(*rows, request.officer.request));
  SHOMEI_TRY(auto holder, find_holder(*rows, request.resident));
  rows.reset();
  SHOMEI_CHECK(parts.directory.municipality(holder.resident.municipality));
  const Instant at = parts.journal.clock().now();
  auto facts = facts_of(holder, office, at);
  add_application(facts, request.application, jst_date(at));
  Grants grants(request, std::move(holder), facts);
  for (auto kind : in_order(request.kinds)) {
    SHOMEI_TRY(const auto* authority, parts.issuing_authority(kind));
    facts.authority_valid_until = authority->last_whole_day();
    const rules::Act act{rules::Verb::issue, authority::kind_of(kind), std::nullopt};
    SHOMEI_TRY(auto decided, decide_act(parts, act, facts, request.officer, request.resident));
    take_in(facts, decided.decision);
    grants.grants_.push_back({kind, std::move(decided.decision), std::move(decided.person)});
  }
  return grants;
}

Result<std::vector<Issued>> issue(const Parts& parts, const Grants& grants, const CardPins& pins,
                                  OpenCard card) {
  SHOMEI_TRY(auto rows, parts.journal.read());
  SHOMEI_CHECK(expect_new(*rows, grants.request().officer.request));
  rows.reset();
  const auto missing = pins_missing(card.view, in_order(grants.request().kinds));
  SHOMEI_CHECK(check_pins(missing, pins, grants.holder().resident.born, parts.rules.settings));
  SHOMEI_TRY(auto place, parts.directory.municipality(grants.holder().resident.municipality));
  if (!missing.empty()) {
    SHOMEI_TRY(card.view, set_first_pins(card.issuer, card.transport, card.view.kind, missing, pins));
  }
  Visit visit{parts, grants, std::move(card), std::move(place), {}};
  for (const auto& grant : grants.all()) {
    SHOMEI_TRY(auto one, issue_one(visit, grant));
    visit.issued.push_back(std::move(one));
  }
  SHOMEI_CHECK(finish(visit));
  return std::move(visit.issued);
}

}  // namespace shomei::counter
