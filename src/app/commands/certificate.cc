#include "app/commands/certificate.h"
#include "app/command_list.h"
#include "app/describe.h"
#include "app/named_certificate.h"
#include "app/number.h"
#include "app/open_home.h"
#include "counter/change_status.h"
#include "counter/find_resident.h"
#include "files/file.h"

namespace shomei::app {
namespace {

using nlohmann::json;

constexpr std::size_t kPageMax = 10'000;

Result<journal::CertificateRecord> record_of(const cli::Invocation& invocation, const home::Home& home) {
  SHOMEI_TRY(const auto named, certificate_named(invocation));
  SHOMEI_TRY(const auto rows, home.rows());
  return counter::find_certificate(*rows, named.serial, named.kind);
}

Result<cli::Output> show(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(const auto record, record_of(invocation, *home));
  const auto document = describe_whole(record);
  if (invocation.has("out")) {
    const auto pem = document.value("pem", std::string());
    if (pem.empty())
      return not_found("certificate_not_made", {{"serial", record.serial.hex()},
                                                {"state", std::string(journal::name(record.state))}});
    SHOMEI_CHECK(files::write_output(invocation.get("out"), view(pem)));
  }
  return cli::Output{document.dump(), people_text(document)};
}

Result<std::vector<journal::CertificateRecord>> of_office(const cli::Invocation& invocation,
                                                          const home::Home& home, journal::Rows& rows) {
  SHOMEI_TRY(const auto id, OfficeId::parse(invocation.get("office")));
  SHOMEI_TRY(const auto office, home.settings().directory.office(id));
  journal::Page page;
  const auto count = invocation.get("count", "100");
  SHOMEI_TRY(page.count, parse_number(count));
  if (page.count == 0 || page.count > kPageMax) return malformed("number_form", {{"text", count}});
  if (invocation.has("after")) {
    SHOMEI_TRY(const auto serial, pki::SerialNumber::parse_hex(invocation.get("after")));
    page.after = serial.hex();
  }
  return rows.certificates_of_office(office.id, page);
}

Result<std::vector<journal::CertificateRecord>> wanted(const cli::Invocation& invocation, home::Home& home,
                                                       journal::Rows& rows) {
  if (invocation.has("office") == invocation.has("resident")) return malformed("certificates_of_what");
  if (invocation.has("office")) return of_office(invocation, home, rows);
  for (const char* option : {"after", "count"})
    if (invocation.has(option))
      return malformed("option_unfit", {{"option", "--" + std::string(option)}, {"with", "--resident"}});
  SHOMEI_TRY(const auto resident, counter::find_resident(rows, invocation.get("resident")));
  return rows.certificates_of(resident.id);
}

Result<cli::Output> list(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(const auto rows, home->rows());
  SHOMEI_TRY(const auto records, wanted(invocation, *home, *rows));
  json all = json::array();
  std::string text;
  for (const auto& record : records) {
    all.push_back(describe(record));
    text += one_line(record) + "\n";
  }
  return cli::Output{json{{"certificates", all}}.dump(), text.empty() ? "There are no certificates." : text};
}

// What a status node would answer now: a certificate past its last day keeps its state and is expired
// besides.
Result<cli::Output> status(const cli::Invocation& invocation) {
  if (invocation.has("at")) return certificate_status_at(invocation);
  for (const char* option : {"authority", "signed", "out"})
    if (invocation.has(option))
      return malformed("option_needs", {{"option", "--" + std::string(option)}, {"needs", "--at"}});
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(const auto record, record_of(invocation, *home));
  const bool expired = home->clock().now() > record.not_after;
  json document{{"serial", record.serial.hex()},
                {"kind", pki::name(record.kind)},
                {"authority", record.authority},
                {"state", journal::name(record.state)},
                {"expired", expired},
                {"not_after", format_jst(record.not_after)}};
  if (record.revoked_at) document["revoked_at"] = format_jst(*record.revoked_at);
  if (record.reason) document["reason"] = pki::name(*record.reason);
  return cli::Output{document.dump(), one_line(record) + (expired ? "  expired" : "")};
}

}  // namespace

std::vector<cli::Command> certificate_commands() {
  std::vector<cli::Command> commands{
      {"certificate show",
       "one certificate: its row, its names and attributes, its PEM",
       "shomei --json certificate show --serial 0123456789ABCDEF",
       {kSerialOption, kKindOption, {"out", "FILE", "write the PEM there too"}},
       show},
      {"certificate list",
       "the certificates of a resident, or those that an office issued, newest first",
       "shomei certificate list --resident 見本　花子",
       {{"resident", "R", "the resident: identifier or whole name"},
        {"office", "O", "the office"},
        {"after", "S", "of an office: those that were issued before the one with this serial number"},
        {"count", "N", "of an office: at most so many (default 100)"}},
       list},
      {"certificate status",
       "whether a certificate holds, or held at an instant",
       "shomei certificate status --serial 0123456789ABCDEF --at 2027-04-01T09:00:00+09:00",
       {kSerialOption, kKindOption, kAuthorityNameOption, kStatusAtOption, kSignedOption, kStatementOption},
       status}};
  for (auto& command : certificate_check_commands()) commands.push_back(std::move(command));
  return commands;
}

}  // namespace shomei::app
