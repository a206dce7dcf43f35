#include "app/application.h"
#include "app/card_pins.h"
#include "app/command_list.h"
#include "app/describe.h"
#include "app/find_resident.h"
#include "app/open_home.h"
#include "counter/traced.h"
#include "card/applet/chip_transport.h"
#include "counter/issue.h"
#include "counter/change_status.h"
#include "crypto/random.h"

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

Result<RequestId> request_of(const cli::Invocation& invocation) {
  if (!invocation.has("request")) return crypto::ordered_identifier<RequestId>();
  return RequestId::parse(invocation.get("request"));
}

Result<counter::IssueRequest> issue_request(const cli::Invocation& invocation,
                                            const residents::Resident& resident) {
  counter::IssueRequest request;
  request.resident = resident.id;
  SHOMEI_TRY(request.kinds, kinds_of(invocation));
  SHOMEI_TRY(request.application, application_from(invocation));
  SHOMEI_TRY(const auto office, OfficeId::parse(invocation.get("office")));
  SHOMEI_TRY(const auto id, request_of(invocation));
  request.officer = {"cli", office, id};
  return request;
}

cli::Output issued_output(const std::vector<counter::Issued>& issued, const CardId& card) {
  json certificates = json::array();
  std::string text;
  for (const auto& i : issued) {
    certificates.push_back(describe(i.record));
    text += "Issued: " + one_line(i.record) + "\n";
  }
  return {json{{"card", card.text()}, {"certificates", certificates}}.dump(), text};
}

Result<cli::Output> issue(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  SHOMEI_TRY(auto rows, home->rows());
  SHOMEI_TRY(const auto resident, find_resident(*rows, invocation.get("resident")));
  rows.reset();
  SHOMEI_TRY(const auto request, issue_request(invocation, resident));
  const auto parts = home->parts();
  SHOMEI_TRY(const auto grants, counter::decide_issue(parts, request));
  const auto& card_id = grants.holder().card.id;
  SHOMEI_TRY(const auto card, home->card_box().take_blank(card_id));
  const bool signature = std::ranges::count(request.kinds, pki::CertificateKind::signature) > 0;
  SHOMEI_TRY(const auto pins, pins_from(invocation, signature));
  card::applet::ChipTransport transport(card->chip());
  SHOMEI_TRY(const auto issued, counter::traced(parts, "issue", request.officer, resident.id,
                                       counter::issue(parts, grants, pins, transport)));
  return issued_output(issued, card_id);
}

Result<cli::Output> revoke(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto serial, pki::SerialNumber::parse_hex(invocation.get("serial")));
  counter::StatusRequest request;
  if (invocation.has("reason")) {
    SHOMEI_TRY(request.reason, pki::parse_revocation_reason(invocation.get("reason")));
  }
  SHOMEI_TRY(request.application, application_from(invocation));
  SHOMEI_TRY(const auto office, OfficeId::parse(invocation.get("office")));
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  request.serial = serial;
  request.officer = {"cli", office, crypto::ordered_identifier<RequestId>()};
  SHOMEI_TRY(const auto record, counter::revoke_certificate(home->parts(), request));
  return cli::Output{describe(record).dump(), "Revoked: " + one_line(record)};
}

std::vector<cli::Option> with_application(std::vector<cli::Option> options) {
  const auto more = application_options();
  options.insert(options.end(), more.begin(), more.end());
  return options;
}

}  // namespace

std::vector<cli::Command> counter_commands() {
  const cli::Option office{"office", "O", "the office where the act is done (an id of shomei.toml)", true};
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
            {"request", "ID", "an identifier of yours that the journal keeps"},
            kAtOption}),
       issue},
      {"counter revoke",
       "revoke one certificate; the rules name the reason by the ground, unless the officer states one",
       "shomei counter revoke --office inagi-city-hall --serial 0123456789ABCDEF --ground lost",
       with_application({office,
                         {"serial", "S", "the certificate's serial number", true},
                         {"reason", "REASON",
                          "the CRL reason by its RFC 5280 name, stated by the officer (default: that of the "
                          "ground; without a ground, cessationOfOperation)"},
                         kAtOption}),
       revoke}};
}

}  // namespace shomei::app
