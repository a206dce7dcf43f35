#include "counter/issue.h"

#include <algorithm>

#include "authority/issue.h"
#include "authority/serial.h"
#include "counter/decision_json.h"
#include "counter/facts.h"
#include "crypto/digest.h"
#include "crypto/random.h"
#include "pki/request.h"

namespace shomei::counter {
namespace {

using pki::CertificateKind;
namespace field = journal::field;

constexpr int kSerialTriesMax = 3;

// Authentication first: the signature certificate may not outlive it.
std::vector<CertificateKind> in_order(std::vector<CertificateKind> kinds) {
  std::ranges::sort(kinds, std::ranges::greater{});
  const auto [first, last] = std::ranges::unique(kinds);
  kinds.erase(first, last);
  return kinds;
}

std::optional<Date> authentication_held_until(const Holder& holder) {
  for (const auto& c : holder.certificates)
    if (c.kind == CertificateKind::user_authentication && c.card == holder.card.id &&
        c.state == journal::CertificateState::valid)
      return jst_date(c.not_after);
  return std::nullopt;
}

pki::GenderDigit gender_digit(residents::Gender gender) {
  switch (gender) {
    case residents::Gender::male:
      return pki::GenderDigit::male;
    case residents::Gender::female:
      return pki::GenderDigit::female;
    case residents::Gender::unknown:
      break;
  }
  return pki::GenderDigit::unknown;
}

authority::Subject subject_of(const residents::Resident& resident, const authority::Municipality& place) {
  return {{resident.name, resident.address, gender_digit(resident.gender), resident.born},
          place,
          authority::random_common_name(place)};
}

// What of the order is the same for every certificate of the visit.
struct Visit {
  const Parts& parts;
  const IssueRequest& request;
  Holder holder;
  authority::Municipality place;
};

journal::RequestRecord request_record(const IssueRequest& request, const ActId& act) {
  std::string content = request.resident.text() + '\0' + request.officer.office.text();
  for (auto kind : in_order(request.kinds)) content += '\0' + std::string(pki::name(kind));
  return {request.officer.request, act, crypto::sha256(view(content))};
}

// Before anything is done on the card; the intent looks again.
Result<void> expect_new(journal::Rows& rows, const RequestId& request) {
  SHOMEI_TRY(const auto first, rows.find_request(request));
  if (!first) return {};
  return conflict("request_exists", {{"request", request.text()}, {"act", first->act.text()}});
}

authority::Order order_for(const Visit& visit, const Grant& grant, const ActId& act) {
  authority::Order order;
  order.act = act;
  order.resident = visit.holder.resident.id;
  order.card = visit.holder.card.id;
  order.office = visit.request.officer.office;
  order.partition = visit.place.code;
  order.person = grant.person;
  order.officer = officer_fields("issue", visit.request.officer);
  if (grant.kind == in_order(visit.request.kinds).front()) order.request = request_record(visit.request, act);
  return order;
}

Result<Issued> issue_one(const Visit& visit, const Grant& grant, card::Transport& card) {
  SHOMEI_TRY(const auto* authority, visit.parts.issuing_authority(grant.kind));
  const auto act = crypto::random_identifier<ActId>();
  SHOMEI_TRY(const auto request,
             make_key_and_request(card, grant.kind, visit.request.pins.of(grant.kind), act.text()));
  SHOMEI_TRY(const auto proven, pki::verify_request(request, act.text()));
  const auto subject = subject_of(visit.holder.resident, visit.place);
  for (int tries = 1;; ++tries) {
    SHOMEI_TRY(const auto serial,
               authority::next_serial(visit.parts.profile, *authority, visit.parts.journal));
    SHOMEI_TRY(auto linted, authority::prepare(*authority, visit.parts.profile, grant.decision, subject,
                                               proven.key, serial));
    auto record =
        authority::issue(std::move(linted), *authority, order_for(visit, grant, act), visit.parts.journal);
    if (record) return Issued{*std::move(record), grant.decision};
    if (record.error().code != "serial_used" || tries == kSerialTriesMax) return std::move(record).error();
  }
}

Result<std::vector<CardCertificate>> for_card(const Parts& parts, const std::vector<Issued>& issued) {
  std::vector<CardCertificate> certificates;
  for (const auto& i : issued) {
    SHOMEI_TRY(const auto* authority, parts.issuing_authority(i.record.kind));
    certificates.push_back({i.record.kind, i.record.der, authority->certificate().der});
  }
  return certificates;
}

Result<Grant> decide_one(const Parts& parts, const IssueRequest& request, const Holder& holder,
                         CertificateKind kind, std::optional<Date> authentication_until) {
  SHOMEI_TRY(const auto* authority, parts.issuing_authority(kind));
  const auto facts = facts_of(holder, authority->last_whole_day(), authentication_until);
  auto decision = rules::decide(rules::current_rule_set(), rules::Issue{authority::kind_of(kind)}, facts,
                                parts.journal.clock().now());
  journal::Fields person{{std::string(field::kFacts), to_bytes(encode_facts(facts))},
                         {std::string(field::kDecision), to_bytes(encode_decision(decision))}};
  if (!decision.granted()) {
    SHOMEI_CHECK(
        record_refusal(parts, "issue", request.officer, request.resident, person, decision.refusal()));
    return decision.refusal();
  }
  return Grant{kind, std::move(decision), std::move(person)};
}

}  // namespace

Result<std::vector<Grant>> decide_issue(const Parts& parts, const IssueRequest& request) {
  SHOMEI_CHECK(parts.directory.office(request.officer.office));
  SHOMEI_TRY(auto rows, parts.journal.read());
  SHOMEI_CHECK(expect_new(*rows, request.officer.request));
  SHOMEI_TRY(const auto holder, find_holder(*rows, request.resident));
  rows.reset();
  SHOMEI_CHECK(parts.directory.municipality(holder.resident.municipality));
  std::vector<Grant> grants;
  std::optional<Date> authentication_until = authentication_held_until(holder);
  for (auto kind : in_order(request.kinds)) {
    SHOMEI_TRY(auto grant, decide_one(parts, request, holder, kind, authentication_until));
    if (kind == CertificateKind::user_authentication)
      authentication_until = jst_date(*grant.decision.not_after());
    grants.push_back(std::move(grant));
  }
  return grants;
}

Result<std::vector<Issued>> issue(const Parts& parts, const IssueRequest& request,
                                  const std::vector<Grant>& grants, card::Transport& card) {
  SHOMEI_TRY(auto rows, parts.journal.read());
  SHOMEI_CHECK(expect_new(*rows, request.officer.request));
  SHOMEI_TRY(auto holder, find_holder(*rows, request.resident));
  rows.reset();
  SHOMEI_TRY(auto place, parts.directory.municipality(holder.resident.municipality));
  const Visit visit{parts, request, std::move(holder), std::move(place)};
  std::vector<Issued> issued;
  for (const auto& grant : grants) {
    SHOMEI_TRY(auto one, issue_one(visit, grant, card));
    issued.push_back(std::move(one));
  }
  SHOMEI_TRY(const auto certificates, for_card(parts, issued));
  SHOMEI_CHECK(finish_card(card, certificates));
  for (auto& i : issued) {
    SHOMEI_CHECK(
        authority::confirm_delivery(i.record, officer_fields("issue", request.officer), parts.journal));
    i.record.delivered = true;
  }
  return issued;
}

}  // namespace shomei::counter
