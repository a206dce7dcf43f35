#include "pki/crl.h"
#include "app/command_list.h"
#include "app/describe.h"
#include "app/open_home.h"
#include "authority/publish_crl.h"
#include "files/file.h"

namespace shomei::app {
namespace {

using nlohmann::json;

json describe_crl(const journal::CrlRecord& record, const pki::Crl& crl) {
  json entries = json::array();
  for (const auto& e : crl.entries)
    entries.push_back({{"serial", e.serial.hex()},
                       {"revoked_at", format_jst(e.revoked_at)},
                       {"reason", e.reason ? json(pki::name(*e.reason)) : json(nullptr)}});
  return {{"authority", record.name},
          {"number", record.number},
          {"this_update", format_jst(record.this_update)},
          {"next_update", format_jst(record.next_update)},
          {"entries", entries}};
}

Result<cli::Output> show(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(const auto rows, home->rows());
  SHOMEI_TRY(const auto record, rows->latest_crl(invocation.get("authority")));
  if (!record) return not_found("crl_none_yet", {{"authority", invocation.get("authority")}});
  SHOMEI_TRY(const auto crl, pki::parse_crl(record->der));
  const auto document = describe_crl(*record, crl);
  return cli::Output{document.dump(), people_text(document)};
}

Result<cli::Output> write(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  SHOMEI_TRY(const auto* authority, home->authority_of_lists(invocation.get("authority")));
  SHOMEI_TRY(const auto record, authority::current_crl(*authority, home->settings().crl, home->journal()));
  SHOMEI_TRY(const auto crl, pki::parse_crl(record.der));
  const std::string out = invocation.get("out");
  const bool der = invocation.has("der");
  const Bytes content = der ? record.der : to_bytes(pki::to_pem("X509 CRL", record.der));
  SHOMEI_CHECK(files::write_output(out, content));
  return cli::Output{describe_crl(record, crl).dump(),
                     "Wrote list " + std::to_string(record.number) + " of " + record.name + " with " +
                         std::to_string(crl.entries.size()) + " entries to " + out};
}

}  // namespace

std::vector<cli::Command> crl_commands() {
  const cli::Option authority{"authority", "A", "the authority: signature-1 or user_authentication-1", true};
  return {{"crl show",
           "the last published revocation list",
           "shomei crl show --authority signature-1",
           {authority},
           show},
          {"crl write",
           "write the revocation list as it stands now; a new one is signed when something changed",
           "shomei crl write --authority signature-1 --out signature-1.crl",
           {authority, {"out", "FILE", "where to", true}, {"der", "", "DER instead of PEM"}, kAtOption},
           write}};
}

}  // namespace shomei::app
