#include "counter/issue.h"

#include <algorithm>
#include <tuple>

#include "authority/issue.h"
#include "authority/serial.h"
#include "base/check.h"
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
  const CardPins& pins;
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

Result<void> check_pins(const Grants& grants, const CardPins& pins, const rules::Settings& settings) {
  const Date born = grants.holder().resident.born;
  for (const auto& grant : grants.all())
    SHOMEI_CHECK(
        rules::check_pin(authority::kind_of(grant.kind), pins.of(grant.kind).reveal_text(), born, settings));
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

authority::Order order_for(const Visit& visit, const Grants::Grant& grant, const ActId& act) {
  const auto& request = visit.grants.request();
  authority::Order order;
  order.act = act;
  order.resident = visit.grants.holder().resident.id;
  order.card = visit.grants.holder().card.id;
  order.office = request.officer.office;
  order.partition = visit.place.code;
  order.person = grant.person;
  order.officer = officer_fields("issue", request.officer);
  if (visit.issued.empty()) order.request = request_record(request, act);
  order.still_holds = [&visit](journal::Rows& rows) { return expect_same_facts(rows, visit); };
  return order;
}

Result<Issued> issue_one(const Visit& visit, const Grants::Grant& grant, card::Transport& card) {
  SHOMEI_TRY(const auto* authority, visit.parts.issuing_authority(grant.kind));
  const auto act = crypto::ordered_identifier<ActId>();
  SHOMEI_TRY(const auto request,
             make_key_and_request(card, grant.kind, visit.pins.of(grant.kind), act.text()));
  SHOMEI_TRY(const auto proven, pki::verify_request(request, act.text()));
  const auto subject =
      subject_of(visit.grants.holder().resident, grant.decision, visit.place, visit.parts.rules.settings);
  SHOMEI_TRY(const auto known, known_keys_of(visit.parts));
  for (int tries = 1;; ++tries) {
    SHOMEI_TRY(const auto serial,
               authority::next_serial(visit.parts.profile, *authority, visit.parts.journal));
    SHOMEI_TRY(auto linted, authority::prepare(*authority, visit.parts.profile, grant.decision, subject,
                                               proven.key, serial, *known));
    auto record =
        authority::issue(std::move(linted), *authority, order_for(visit, grant, act), visit.parts.journal);
    if (record) return Issued{*std::move(record), grant.decision};
    if (record.error().code != "serial_used" || tries == kSerialTriesMax) return std::move(record).error();
  }
}

// Each beside the authority that issued it, which need not be the one that would issue now.
Result<std::vector<CardCertificate>> for_card(const Parts& parts, const std::vector<Issued>& issued) {
  SHOMEI_TRY(auto rows, parts.journal.read());
  SHOMEI_TRY(const auto authorities, rows->list_authorities());
  std::vector<CardCertificate> certificates;
  for (const auto& i : issued) {
    const auto of = std::ranges::find(authorities, i.record.authority, &journal::AuthorityRecord::name);
    if (of == authorities.end()) return not_found("authority_unknown", {{"authority", i.record.authority}});
    certificates.push_back({i.record.kind, i.record.der, of->certificate});
  }
  return certificates;
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
  return std::optional{std::move(begun)};
}

Result<Grants> decide_issue(const Parts& parts, const IssueRequest& request) {
  SHOMEI_INVARIANT(!request.kinds.empty());
  SHOMEI_TRY(const auto office, parts.directory.office(request.officer.office));
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
                                  card::Transport& card) {
  const auto& officer = grants.request().officer;
  SHOMEI_TRY(auto rows, parts.journal.read());
  SHOMEI_CHECK(expect_new(*rows, officer.request));
  rows.reset();
  SHOMEI_CHECK(check_pins(grants, pins, parts.rules.settings));
  SHOMEI_TRY(auto place, parts.directory.municipality(grants.holder().resident.municipality));
  Visit visit{parts, grants, pins, std::move(place), {}};
  for (const auto& grant : grants.all()) {
    SHOMEI_TRY(auto one, issue_one(visit, grant, card));
    visit.issued.push_back(std::move(one));
  }
  SHOMEI_TRY(const auto certificates, for_card(parts, visit.issued));
  SHOMEI_CHECK(finish_card(card, certificates));
  for (auto& i : visit.issued) {
    SHOMEI_CHECK(authority::confirm_delivery(i.record, officer_fields("issue", officer), parts.journal));
    i.record.delivered = true;
  }
  return std::move(visit.issued);
}

}  // namespace shomei::counter
