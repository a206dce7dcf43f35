#include "app/application.h"
#include "app/card_pins.h"
#include "app/command_list.h"
#include "app/counter_side.h"
#include "app/describe.h"
#include "app/officer_options.h"
#include "app/open_home.h"
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

Result<counter::IssueRequest> issue_request(const cli::Invocation& invocation,
                                            const residents::Resident& resident) {
  counter::IssueRequest request;
  request.resident = resident.id;
  SHOMEI_TRY(request.kinds, kinds_of(invocation));
  SHOMEI_TRY(request.application, application_from(invocation));
  SHOMEI_TRY(request.officer, officer_of(invocation));
  return request;
}

// What stands in the middle of an earlier act would be decided upon as if it held.
Result<bool> has_unsettled(const home::Home& home, const ResidentId& resident) {
  SHOMEI_TRY(const auto rows, home.rows());
  SHOMEI_TRY(const auto certificates, rows->certificates_of(resident));
  return std::ranges::any_of(certificates,
                             [](const auto& record) { return in_force(record) && !record.delivered; });
}

// Decided first, so that nobody types a PIN in vain; and again, when something was found on the card that has
// come to its end.
Result<counter::Grants> decide_and_open(const counter::Parts& parts, const counter::IssueRequest& request,
                                        bool unsettled, CardSide& side,
                                        std::optional<counter::OpenCard>& card) {
  const auto open = [&]() -> Result<bool> {
    SHOMEI_TRY(auto opened, side.open());
    const bool settled = !opened.view.settled.empty();
    card.emplace(std::move(opened));
    return settled;
  };
  if (unsettled) {
    SHOMEI_CHECK(open());
    return counter::decide_issue(parts, request);
  }
  auto grants = counter::decide_issue(parts, request);
  if (!grants) return grants;
  SHOMEI_TRY(const bool settled, open());
  return settled ? counter::decide_issue(parts, request) : std::move(grants);
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
  SHOMEI_TRY(const bool unsettled, has_unsettled(*home, resident.id));
  auto side = card_side(invocation, *home, request.officer, resident.id, Missing::made);
  std::optional<counter::OpenCard> card;
  SHOMEI_TRY(const auto grants, decide_and_open(parts, request, unsettled, side, card));
  SHOMEI_TRY(const auto pins, pins_from(invocation, counter::pins_missing(card->view, request.kinds)));
  SHOMEI_TRY(const auto issued, counter::traced(parts, "issue", request.officer, resident.id,
                                                counter::issue(parts, grants, pins, *card)));
  std::vector<journal::CertificateRecord> records;
  for (const auto& one : issued) records.push_back(one.record);
  return issued_output(records, grants.holder().card.id);
}

// The authority is asked before the card is taken and a PIN is typed.
Result<cli::Output> issue_there(const cli::Invocation& invocation, RemoteCounter& counter) {
  remote::IssueRequest request;
  SHOMEI_TRY(request.officer, officer_of(invocation));
  request.question = {request.officer, invocation.get("resident"), {}, {}};
  SHOMEI_TRY(request.question.kinds, kinds_of(invocation));
  SHOMEI_TRY(request.question.application, application_from(invocation));
  SHOMEI_TRY(auto outlook, remote::decide_issue(counter.authority, request));
  SHOMEI_TRY(auto side, card_side(invocation, counter, request.officer, outlook.resident, Missing::made));
  SHOMEI_TRY(const auto card, side.open());
  if (!card.view.settled.empty()) {
    SHOMEI_TRY(outlook, remote::decide_issue(counter.authority, request));
  }
  SHOMEI_TRY(const auto pins,
             pins_from(invocation, counter::pins_missing(card.view, request.question.kinds)));
  SHOMEI_TRY(const auto issued,
             remote::issue(counter.authority, request, outlook, pins, counter.home->settings().rules, card));
  return issued_output(issued, outlook.card);
}

Result<cli::Output> issue(const cli::Invocation& invocation) {
  SHOMEI_TRY(auto there, remote_counter(invocation));
  return there ? issue_there(invocation, *there) : issue_here(invocation);
}

}  // namespace

std::vector<cli::Command> counter_issue_commands() {
  const auto of_officer = officer_options();
  const auto &office = of_officer[0], &officer = of_officer[1], &request = of_officer[2];
  return {{"counter issue",
           "issue certificates onto a resident's card: the card makes its keys, gets the certificates, and "
           "PINs that it was never given are set",
           "shomei counter issue --office inagi-city-hall --resident 見本　花子 --pins pins.txt",
           with_application({office,
                             {"resident", "R",
                              "the resident: identifier, or the whole name when it is the only one", true},
                             {"kind", "K", "both (default), signature or user_authentication"},
                             kPinsOption,
                             kCounterReaderOption,
                             request,
                             officer,
                             kAuthorityOption,
                             kAtOption}),
           issue}};
}

}  // namespace shomei::app
