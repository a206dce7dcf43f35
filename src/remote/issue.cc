#include "remote/issue.h"

#include <algorithm>

#include "authority/prepare.h"
#include "counter/card_policy.h"
#include "counter/kinds_in_order.h"
#include "rules/pins/pin_quality.h"

namespace shomei::remote {
namespace {

using journal::CertificateRecord;
using pki::CertificateKind;

// One identifier a certificate: a request is answered with one.
Result<counter::Officer> officer_for(const IssueRequest& request, CertificateKind kind) {
  counter::Officer officer = request.officer;
  const char* suffix = kind == CertificateKind::signature ? "-s" : "-u";
  SHOMEI_TRY(officer.request, RequestId::parse(request.officer.request.text() + suffix));
  return officer;
}

Result<issuer::KeyProof> make_key(counter::OpenCard& card, CertificateKind kind, std::string challenge) {
  SHOMEI_TRY(auto made, counter::carry_out(card.issuer, card.transport,
                                           {.what = counter::Errand::What::make_key,
                                            .kinds = {counter::card_kind(kind)},
                                            .challenge = std::move(challenge)}));
  if (!made.proof) return malformed("answer_form", {{"what", "proof"}});
  return *std::move(made.proof);
}

Result<CertificateRecord> issue_one(AuthorityClient& authority, const IssueRequest& request,
                                    const services::Outlook& outlook, CertificateKind kind,
                                    counter::OpenCard& card) {
  SHOMEI_TRY(auto officer, officer_for(request, kind));
  SHOMEI_TRY(auto proof, make_key(card, kind, officer.request.text()));
  SHOMEI_TRY(auto record,
             authority.issue({std::move(officer), outlook.resident, kind, request.question.application,
                              std::move(proof.pkcs10), std::move(proof.attestation)}));
  if (record.state == journal::CertificateState::valid && !record.der.empty()) return record;
  return conflict("issue_came_to_nothing",
                  {{"serial", record.serial.hex()}, {"state", std::string(journal::name(record.state))}});
}

std::string serials_of(const std::vector<CertificateRecord>& issued) {
  std::string serials;
  for (const auto& record : issued) serials += (serials.empty() ? "" : ", ") + record.serial.hex();
  return serials;
}

// What was issued stays issued: who could not finish says so, with the numbers.
Error unfinished(const Error& cause, const std::vector<CertificateRecord>& issued) {
  return conflict("card_not_finished", {{"what", std::string(cause.code)}, {"serials", serials_of(issued)}});
}

// The authority writes the card, and says what the card then has.
Result<void> finish(counter::OpenCard& card, std::vector<CertificateRecord>& issued) {
  SHOMEI_TRY(const auto outcome,
             counter::carry_out(card.issuer, card.transport, {.what = counter::Errand::What::finish}));
  for (auto& record : issued)
    record.delivered = std::ranges::any_of(outcome.card.settled, [&](const counter::SettledThing& thing) {
      return thing.serial == record.serial.hex() &&
             thing.pin == card::pin_id(counter::card_kind(record.kind)) &&
             thing.end != authority::CardEnd::rolled_back;
    });
  if (std::ranges::all_of(issued, &CertificateRecord::delivered)) return {};
  return conflict("card_not_finished", {{"what", "card"}, {"serials", serials_of(issued)}});
}

}  // namespace

Result<services::Outlook> decide_issue(AuthorityClient& authority, const IssueRequest& request) {
  for (const auto kind : request.question.kinds) SHOMEI_CHECK(officer_for(request, kind));
  return authority.decide(request.question);
}

Result<std::vector<CertificateRecord>> issue(AuthorityClient& authority, const IssueRequest& request,
                                             const services::Outlook& outlook, const counter::CardPins& pins,
                                             const rules::Settings& settings, counter::OpenCard card) {
  const auto kinds = counter::in_order(request.question.kinds);
  const auto missing = counter::pins_missing(card.view, kinds);
  for (const auto kind : missing)
    SHOMEI_CHECK(rules::check_pin(authority::kind_of(counter::certificate_kind(kind)),
                                  pins.of(kind).reveal_text(), outlook.born, settings));
  if (!missing.empty()) {
    SHOMEI_TRY(card.view,
               counter::set_first_pins(card.issuer, card.transport, card.view.kind, missing, pins));
  }
  std::vector<CertificateRecord> issued;
  for (const auto kind : kinds) {
    auto record = issue_one(authority, request, outlook, kind, card);
    if (!record) return issued.empty() ? std::move(record).error() : unfinished(record.error(), issued);
    issued.push_back(*std::move(record));
  }
  const auto finished = finish(card, issued);
  if (!finished && finished.error().code == "card_not_finished") return finished.error();
  if (!finished) return unfinished(finished.error(), issued);
  return issued;
}

}  // namespace shomei::remote
