#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "app/officer_options.h"
#include "app/open_home.h"
#include "counter/appoint_officer.h"
#include "counter/recorded_text.h"
#include "files/file.h"
#include "officers/duties.h"

namespace shomei::app {
namespace {

using nlohmann::json;
using officers::Appointment;

constexpr std::size_t kPemFileBytesMax = 64 * 1024;
constexpr std::string_view kEverywhere = "*";

Result<Bytes> read_pem(const std::string& path, std::string_view label) {
  SHOMEI_TRY(const auto text, files::read_file(path, kPemFileBytesMax));
  auto der = pki::from_pem(label, to_text(text));
  if (!der) return std::move(der).error().with("path", path);
  return der;
}

json describe(const Appointment& appointment) {
  json offices = json::array(), roles = json::array(), credentials = json::array();
  for (const auto& office : appointment.offices) offices.push_back(office.text());
  for (int i = 0; i < officers::kRoles; ++i)
    if (const auto role = static_cast<officers::Role>(i); appointment.roles.has(role))
      roles.push_back(officers::name(role));
  for (const auto& one : appointment.credentials)
    credentials.push_back({{"certificate_sha256", to_hex_upper(one.certificate)},
                           {"spki_sha256", to_hex_upper(one.key)},
                           {"not_after", format_jst(one.not_after)},
                           {"authority", one.serial ? json(one.authority) : json(nullptr)},
                           {"serial", one.serial ? json(one.serial->hex()) : json(nullptr)}});
  return {{"officer", appointment.name},
          {"roles", roles},
          {"everywhere", appointment.everywhere()},
          {"offices", offices},
          {"credentials", credentials}};
}

std::string one_line(const Appointment& appointment) {
  std::string offices;
  for (const auto& office : appointment.offices) offices += (offices.empty() ? "" : " ") + office.text();
  return appointment.name + "  " + text(appointment.roles) + "  " +
         (appointment.everywhere() ? "all offices" : offices);
}

// "a,b" or "*".
Result<std::vector<OfficeId>> offices_of(std::string_view text) {
  std::vector<OfficeId> offices;
  if (text == kEverywhere) return offices;
  for (std::string_view rest = text;;) {
    const auto comma = rest.find(',');
    SHOMEI_TRY(auto office, OfficeId::parse(rest.substr(0, comma)));
    offices.push_back(std::move(office));
    if (comma == std::string_view::npos) return offices;
    rest.remove_prefix(comma + 1);
  }
}

Result<Appointment> appointment_of(const cli::Invocation& invocation, journal::Rows& rows) {
  Appointment appointment;
  appointment.name = invocation.get("name");
  SHOMEI_CHECK(counter::check_officer_name(appointment.name));
  SHOMEI_TRY(appointment.roles, officers::parse_roles(invocation.get("role")));
  SHOMEI_TRY(appointment.offices, offices_of(invocation.get("for")));
  if (!invocation.has("certificate")) return appointment;
  SHOMEI_TRY(const auto der, read_pem(invocation.get("certificate"), "CERTIFICATE"));
  SHOMEI_TRY(const auto certificate, pki::parse_certificate(der));
  SHOMEI_TRY(auto credential, officers::credential_of(rows, certificate));
  appointment.credentials.push_back(std::move(credential));
  return appointment;
}

Result<cli::Output> appoint(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto officer, officer_of(invocation));
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  SHOMEI_TRY(auto rows, home->rows());
  SHOMEI_TRY(const auto wanted, appointment_of(invocation, *rows));
  rows.reset();
  SHOMEI_TRY(const auto done, counter::appoint_officer(home->parts(), officer, wanted));
  return cli::Output{describe(done).dump(), "Appointed: " + one_line(done)};
}

Result<cli::Output> dismiss(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto officer, officer_of(invocation));
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  SHOMEI_TRY(const auto done, counter::dismiss_officer(home->parts(), officer, invocation.get("name")));
  return cli::Output{describe(done).dump(), "Dismissed: " + done.name};
}

Result<cli::Output> list(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(const auto rows, home->rows());
  SHOMEI_TRY(const auto all, officers::list_appointments(*rows));
  json document = json::array();
  std::string text;
  for (const auto& one : all) {
    document.push_back(describe(one));
    text += one_line(one) + "\n";
  }
  if (!home->settings().officers.required)
    text += "officers.required is false in shomei.toml: nobody has to be one of them.";
  return cli::Output{
      json{{"required", home->settings().officers.required}, {"officers", document}}.dump(),
      text.empty() ? "There are no officers: `shomei officer appoint` makes the first." : text};
}

Result<cli::Output> table(const cli::Invocation& invocation) {
  json document = json::array();
  const bool japanese = invocation.language == texts::Language::ja;
  std::string text = "act | does | who | reach | others who agree\n";
  for (const auto& duty : officers::duties()) {
    document.push_back({{"act", duty.act},
                        {"does", duty.does},
                        {"does_ja", duty.does_ja},
                        {"who", officers::text(duty.who)},
                        {"reach", officers::name(duty.reach)},
                        {"approvals", duty.approvals}});
    text += std::string(duty.act) + " | " + std::string(japanese ? duty.does_ja : duty.does) + " | " +
            officers::text(duty.who) + " | " + std::string(officers::name(duty.reach)) + " | " +
            std::to_string(duty.approvals) + "\n";
  }
  return cli::Output{json{{"duties", document}}.dump(), text};
}

Result<cli::Output> certify(const cli::Invocation& invocation) {
  const auto name = invocation.get("name");
  SHOMEI_CHECK(counter::check_officer_name(name));
  SHOMEI_TRY(const auto officer, officer_of(invocation));
  SHOMEI_TRY(const auto pkcs10, read_pem(invocation.get("csr"), "CERTIFICATE REQUEST"));
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  const auto by_operations = [&]() -> Result<pki::Certificate> {
    SHOMEI_TRY(const auto operations, home->operations());
    return operations.certify(name, pkcs10, home->clock().now());
  };
  SHOMEI_TRY(const auto certificate,
             counter::certify_officer(home->parts(), officer, {name, pkcs10, by_operations}));
  const auto path = invocation.get("out");
  SHOMEI_CHECK(
      files::create_file(path, view(pki::to_pem("CERTIFICATE", certificate.der)), files::kReadableByAll));
  const json document{{"officer", name},
                      {"file", path},
                      {"certificate_sha256", to_hex_upper(crypto::sha256(certificate.der))},
                      {"not_after", format_jst(certificate.tbs.not_after)},
                      {"authority", home->layout().operations().string()}};
  return cli::Output{document.dump(),
                     "Certified: " + name + " until " + format_jst(certificate.tbs.not_after) + "\n  " +
                         path + "\nNobody is an officer by it: `shomei officer appoint` comes next."};
}

}  // namespace

std::vector<cli::Command> officer_commands() {
  const auto of_officer = officer_options();
  const auto &office = of_officer[0], &officer = of_officer[1], &request = of_officer[2];
  const cli::Option name{"name", "NAME", "the officer that it is about", true};
  return {{"officer appoint",
           "make somebody an officer, or change what an officer is; others must agree to most of it",
           "shomei officer appoint --name sato --role counter_clerk --for inagi-city-hall --certificate "
           "sato.pem --office inagi-city-hall --officer suzuki",
           {name,
            {"role", "ROLES",
             "counter_clerk, supervisor, registrar, auditor, key_officer; several with commas", true},
            {"for", "OFFICES", "for which offices, with commas; '*' for all", true},
            {"certificate", "FILE", "by which the officer will show who they are (PEM)"},
            office,
            officer,
            request,
            kAtOption},
           appoint},
          {"officer dismiss",
           "an officer is none any more, from this moment",
           "shomei officer dismiss --name sato --office inagi-city-hall --officer suzuki",
           {name, office, officer, request, kAtOption},
           dismiss},
          {"officer certify",
           "certify an officer's key for TLS, by this home's operations authority",
           "shomei officer certify --name sato --csr sato.csr --out sato.pem --office inagi-city-hall",
           {name,
            {"csr", "FILE", "a PKCS#10 request for a P-256 or P-384 key (openssl req -new)", true},
            {"out", "FILE", "where the certificate goes", true},
            office,
            officer,
            request,
            kAtOption},
           certify},
          {"officer list", "who is an officer now, and of what", "shomei officer list", {}, list},
          {"officer table",
           "which roles may do which acts, and how many others must agree",
           "shomei officer table",
           {},
           table}};
}

}  // namespace shomei::app
