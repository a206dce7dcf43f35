#include "remote/issue.h"

#include "authority/prepare.h"
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

Result<CertificateRecord> issue_one(AuthorityClient& authority, const IssueRequest& request,
                                    const services::Outlook& outlook, CertificateKind kind,
                                    const counter::CardPins& pins, card::Transport& card) {
  SHOMEI_TRY(auto officer, officer_for(request, kind));
  SHOMEI_TRY(auto pkcs10, counter::make_key_and_request(card, kind, pins.of(kind), officer.request.text()));
  SHOMEI_TRY(auto record, authority.issue({std::move(officer), outlook.resident, kind,
                                           request.question.application, std::move(pkcs10)}));
  if (record.state == journal::CertificateState::valid && !record.der.empty()) return record;
  return conflict("issue_came_to_nothing",
                  {{"serial", record.serial.hex()}, {"state", std::string(journal::name(record.state))}});
}

Result<void> write_card(AuthorityClient& authority, const std::vector<CertificateRecord>& issued,
                        card::Transport& card) {
  std::vector<counter::CardCertificate> certificates;
  for (const auto& record : issued) {
    SHOMEI_TRY(auto of_authority, authority.authority_certificate(record.authority));
    certificates.push_back({record.kind, record.der, std::move(of_authority)});
  }
  return counter::finish_card(card, certificates);
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

// The card is whole, and the authority does not know it.
Error unconfirmed(const Error& cause, const std::vector<CertificateRecord>& issued) {
  return unavailable("delivery_unconfirmed",
                     {{"what", std::string(cause.code)}, {"serials", serials_of(issued)}});
}

Result<void> confirm_all(AuthorityClient& authority, const IssueRequest& request,
                         std::vector<CertificateRecord>& issued) {
  for (auto& record : issued) {
    SHOMEI_TRY(auto officer, officer_for(request, record.kind));
    auto confirmed = authority.confirm({std::move(officer), record.serial, record.kind});
    if (!confirmed) return unconfirmed(confirmed.error(), issued);
    record = *std::move(confirmed);
  }
  return {};
}

}  // namespace

Result<services::Outlook> decide_issue(AuthorityClient& authority, const IssueRequest& request) {
  for (const auto kind : request.question.kinds) SHOMEI_CHECK(officer_for(request, kind));
  return authority.decide(request.question);
}

Result<std::vector<CertificateRecord>> issue(AuthorityClient& authority, const IssueRequest& request,
                                             const services::Outlook& outlook, const counter::CardPins& pins,
                                             const rules::Settings& settings, card::Transport& card) {
  const auto kinds = counter::in_order(request.question.kinds);
  for (const auto kind : kinds)
    SHOMEI_CHECK(
        rules::check_pin(authority::kind_of(kind), pins.of(kind).reveal_text(), outlook.born, settings));
  std::vector<CertificateRecord> issued;
  for (const auto kind : kinds) {
    auto record = issue_one(authority, request, outlook, kind, pins, card);
    if (!record) return issued.empty() ? std::move(record).error() : unfinished(record.error(), issued);
    issued.push_back(*std::move(record));
  }
  if (const auto written = write_card(authority, issued, card); !written)
    return unfinished(written.error(), issued);
  SHOMEI_CHECK(confirm_all(authority, request, issued));
  return issued;
}

}  // namespace shomei::remote
