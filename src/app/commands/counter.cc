#include "app/application.h"
#include "app/command_list.h"
#include "app/describe.h"
#include "app/named_certificate.h"
#include "app/officer_options.h"
#include "app/open_home.h"
#include "app/remote_counter.h"
#include "counter/change_status.h"

namespace shomei::app {
namespace {

using nlohmann::json;

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

}  // namespace

std::vector<cli::Command> counter_commands() {
  const auto of_officer = officer_options();
  const auto &office = of_officer[0], &officer = of_officer[1], &request = of_officer[2];
  return {
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
