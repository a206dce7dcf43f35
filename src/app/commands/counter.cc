#include "app/application.h"
#include "app/card_pins.h"
#include "app/command_list.h"
#include "app/describe.h"
#include "app/named_certificate.h"
#include "app/officer_options.h"
#include "app/open_home.h"
#include "app/remote_counter.h"
#include "app/secret_questions.h"
#include "card/applet/chip_transport.h"
#include "counter/change_status.h"
#include "counter/find_resident.h"
#include "counter/issue.h"
#include "counter/traced.h"
#include "remote/issue.h"

namespace shomei::app {
namespace {

using nlohmann::json;

Result<std::vector<pki::CertificateKind>> kinds_of(const cli::Invocation& invocation) {
  const auto text = invocation.get("kind", "both");
  if (text == "both")
    return std::vector{pki::CertificateKind::signature, pki::CertificateKind::user_authentication};
  SHOMEI_TRY(const auto kind, pki::parse_certificate_kind(text));
  return std::vector{kind};
}

cli::Output issued_output(const std::vector<journal::CertificateRecord>& issued, const CardId& card) {
  json certificates = json::array();
  std::string text;
  for (const auto& record : issued) {
    certificates.push_back(describe(record));
    text += "Issued: " + one_line(record) + "\n";
  }
  return {json{{"card", card.text()}, {"certificates", certificates}}.dump(), text};
}

bool has_signature(const std::vector<pki::CertificateKind>& kinds) {
  return std::ranges::count(kinds, pki::CertificateKind::signature) > 0;
}

Result<counter::IssueRequest> issue_request(const cli::Invocation& invocation,
                                            const residents::Resident& resident) {
  counter::IssueRequest request;
  request.resident = resident.id;
  SHOMEI_TRY(request.kinds, kinds_of(invocation));
  SHOMEI_TRY(request.application, application_from(invocation));
  SHOMEI_TRY(request.officer, officer_of(invocation));
  return request;
}

Result<cli::Output> issue_here(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  SHOMEI_TRY(auto rows, home->rows());
  SHOMEI_TRY(const auto resident, counter::find_resident(*rows, invocation.get("resident")));
  rows.reset();
  SHOMEI_TRY(const auto request, issue_request(invocation, resident));
  const auto parts = home->parts();
  SHOMEI_TRY(const auto before, counter::issued_before(parts, request));
  if (before) return issued_output(*before, before->front().card);
  SHOMEI_TRY(const auto grants, counter::decide_issue(parts, request));
  const auto& card_id = grants.holder().card.id;
  SHOMEI_TRY(const auto card, home->card_box().take_blank(card_id));
  SHOMEI_TRY(const auto pins, pins_from(invocation, has_signature(request.kinds)));
  card::applet::ChipTransport transport(card->chip());
  SHOMEI_TRY(const auto issued, counter::traced(parts, "issue", request.officer, resident.id,
                                                counter::issue(parts, grants, pins, transport)));
  std::vector<journal::CertificateRecord> records;
  for (const auto& one : issued) records.push_back(one.record);
  return issued_output(records, card_id);
}

// The authority is asked before the card is taken and a PIN is typed.
Result<cli::Output> issue_there(const cli::Invocation& invocation, RemoteCounter& counter) {
  remote::IssueRequest request;
  SHOMEI_TRY(request.officer, officer_of(invocation));
  request.question = {request.officer.office, invocation.get("resident"), {}, {}};
  SHOMEI_TRY(request.question.kinds, kinds_of(invocation));
  SHOMEI_TRY(request.question.application, application_from(invocation));
  SHOMEI_TRY(const auto outlook, remote::decide_issue(counter.authority, request));
  SHOMEI_TRY(const auto box, counter.home->card_box(ask_on_terminal(invocation.language)));
  SHOMEI_TRY(const auto card, box.take_blank(outlook.card));
  SHOMEI_TRY(const auto pins, pins_from(invocation, has_signature(request.question.kinds)));
  card::applet::ChipTransport transport(card->chip());
  SHOMEI_TRY(const auto issued, remote::issue(counter.authority, request, outlook, pins,
                                              counter.home->settings().rules, transport));
  return issued_output(issued, outlook.card);
}

Result<cli::Output> issue(const cli::Invocation& invocation) {
  SHOMEI_TRY(auto there, remote_counter(invocation));
  return there ? issue_there(invocation, *there) : issue_here(invocation);
}

Result<counter::StatusRequest> status_request(const cli::Invocation& invocation) {
  counter::StatusRequest request;
  SHOMEI_TRY(const auto named, certificate_named(invocation));
  request.serial = named.serial;
  request.kind = named.kind;
  if (invocation.has("reason")) {
    SHOMEI_TRY(request.reason, pki::parse_revocation_reason(invocation.get("reason")));
  }
  SHOMEI_TRY(request.application, application_from(invocation));
  SHOMEI_TRY(request.officer, officer_of(invocation));
  return request;
}

using ActHere = Result<journal::CertificateRecord> (*)(const counter::Parts&, const counter::StatusRequest&);
using ActThere =
    Result<journal::CertificateRecord> (remote::AuthorityClient::*)(const counter::StatusRequest&);

Result<cli::Output> change_status(const cli::Invocation& invocation, std::string_view done, ActHere here,
                                  ActThere there) {
  SHOMEI_TRY(const auto request, status_request(invocation));
  const auto output = [&](const journal::CertificateRecord& record) {
    return cli::Output{describe(record).dump(), std::string(done) + ": " + one_line(record)};
  };
  SHOMEI_TRY(auto counter, remote_counter(invocation));
  if (counter) {
    SHOMEI_TRY(const auto record, (counter->authority.*there)(request));
    return output(record);
  }
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  SHOMEI_TRY(const auto record, here(home->parts(), request));
  return output(record);
}

Result<cli::Output> revoke(const cli::Invocation& invocation) {
  return change_status(invocation, "Revoked", counter::revoke_certificate, &remote::AuthorityClient::revoke);
}

Result<cli::Output> suspend(const cli::Invocation& invocation) {
  return change_status(invocation, "Suspended", counter::suspend_certificate,
                       &remote::AuthorityClient::suspend);
}

Result<cli::Output> restore(const cli::Invocation& invocation) {
  return change_status(invocation, "Restored", counter::restore_certificate,
                       &remote::AuthorityClient::restore);
}

// What a counter says whose confirmation got no answer; the card holds the certificate.
Result<cli::Output> confirm(const cli::Invocation& invocation) {
  counter::Officer officer;
  SHOMEI_TRY(officer, officer_of(invocation));
  SHOMEI_TRY(const auto named, certificate_named(invocation));
  SHOMEI_TRY(auto there, remote_counter(invocation));
  const auto confirm_here = [&]() -> Result<journal::CertificateRecord> {
    SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
    return counter::confirm_certificate(home->parts(), officer, named.serial, named.kind);
  };
  SHOMEI_TRY(const auto record,
             there ? there->authority.confirm({officer, named.serial, named.kind}) : confirm_here());
  return cli::Output{describe(record).dump(), "Confirmed: " + one_line(record)};
}

std::vector<cli::Option> with_application(std::vector<cli::Option> options) {
  const auto more = application_options();
  options.insert(options.end(), more.begin(), more.end());
  return options;
}

}  // namespace

std::vector<cli::Command> counter_commands() {
  const auto of_officer = officer_options();
  const auto &office = of_officer[0], &officer = of_officer[1], &request = of_officer[2];
  return {
      {"counter issue",
       "issue certificates onto a resident's card: the card makes its keys, gets the certificates, and "
       "its PINs are set",
       "shomei counter issue --office inagi-city-hall --resident 見本　花子 --pins pins.txt",
       with_application(
           {office,
            {"resident", "R", "the resident: identifier, or the whole name when it is the only one", true},
            {"kind", "K", "both (default), signature or user_authentication"},
            kPinsOption,
            request,
            officer,
            kAuthorityOption,
            kAtOption}),
       issue},
      {"counter confirm",
       "say that a card holds a certificate that was issued onto it, when the counter that wrote it got no "
       "answer",
       "shomei counter confirm --office inagi-city-hall --serial 0123456789ABCDEF",
       {office, kSerialOption, kKindOption, request, officer, kAuthorityOption, kAtOption},
       confirm},
      {"counter revoke",
       "revoke one certificate; the rules name the reason by the ground, unless the officer states one",
       "shomei counter revoke --office inagi-city-hall --serial 0123456789ABCDEF --ground lost",
       with_application({office,
                         kSerialOption,
                         kKindOption,
                         {"reason", "REASON",
                          "the CRL reason by its RFC 5280 name, stated by the officer (default: that of the "
                          "ground; without a ground, cessationOfOperation)"},
                         request,
                         officer,
                         kAuthorityOption,
                         kAtOption}),
       revoke},
      {"counter suspend",
       "hold one certificate, on its holder's word; whether that can be taken back is a setting",
       "shomei counter suspend --office inagi-city-hall --serial 0123456789ABCDEF --ground lost",
       with_application({office, kSerialOption, kKindOption, request, officer, kAuthorityOption, kAtOption}),
       suspend},
      {"counter restore", "take the hold of one certificate back",
       "shomei counter restore --office inagi-city-hall --serial 0123456789ABCDEF",
       with_application({office, kSerialOption, kKindOption, request, officer, kAuthorityOption, kAtOption}),
       restore}};
}

}  // namespace shomei::app
