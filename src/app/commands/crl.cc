#include "app/command_list.h"
#include "app/describe.h"
#include "app/open_home.h"
#include "authority/standing_lists.h"
#include "files/file.h"
#include "journal/list_name.h"

namespace shomei::app {
namespace {

using journal::ListName;
using nlohmann::json;

const cli::Option kAuthority{"authority", "A", "the authority: signature-1 or user_authentication-1", true};
const cli::Option kPartition{"partition", "CODE", "of one municipality's certificates alone"};
const cli::Option kDelta{"delta", "", "the delta list: what came since the oldest list that is in date"};

Result<ListName> wanted_list(const cli::Invocation& invocation) {
  ListName name{invocation.get("authority"), invocation.get("partition"), invocation.has("delta")};
  return ListName::parse(name.text());
}

Result<pki::Crl> read_list(const ListName& name, ByteView der) {
  return name.delta ? pki::parse_delta_crl(der) : pki::parse_crl(der);
}

// What every document of a list begins with.
json describe_name(const ListName& name, const journal::CrlRecord& record, const pki::Crl& crl) {
  json document{{"authority", name.authority}};
  if (!name.partition.empty()) document["partition"] = name.partition;
  if (crl.head.delta_base) document["base"] = pki::crl_counter(*crl.head.delta_base).value_or(0);
  document["number"] = record.number;
  document["this_update"] = format_jst(record.this_update);
  document["next_update"] = format_jst(record.next_update);
  return document;
}

json describe_crl(const ListName& name, const journal::CrlRecord& record, const pki::Crl& crl) {
  json entries = json::array();
  for (const auto& e : crl.entries)
    entries.push_back({{"serial", e.serial.hex()},
                       {"revoked_at", format_jst(e.revoked_at)},
                       {"reason", e.reason ? json(pki::name(*e.reason)) : json(nullptr)}});
  auto document = describe_name(name, record, crl);
  document["entries"] = std::move(entries);
  return document;
}

Result<cli::Output> show(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto name, wanted_list(invocation));
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(const auto rows, home->rows());
  SHOMEI_TRY(const auto record, rows->latest_crl(name.text()));
  if (!record) return not_found("crl_none_yet", {{"authority", name.text()}});
  SHOMEI_TRY(const auto crl, read_list(name, record->der));
  const auto document = describe_crl(name, *record, crl);
  return cli::Output{document.dump(), people_text(document)};
}

Result<cli::Output> write(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto name, wanted_list(invocation));
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  SHOMEI_TRY(const auto* authority, home->authority_of_lists(name.authority));
  authority::StandingLists lists(home->journal(), home->settings().crl, home->list_places());
  SHOMEI_TRY(const auto record, lists.current(*authority, name));
  SHOMEI_TRY(const auto crl, read_list(name, record.der));
  const std::string out = invocation.get("out");
  const bool der = invocation.has("der");
  const Bytes content = der ? record.der : to_bytes(pki::to_pem("X509 CRL", record.der));
  SHOMEI_CHECK(files::write_output(out, content));
  return cli::Output{describe_crl(name, record, crl).dump(),
                     "Wrote list " + std::to_string(record.number) + " of " + record.name + " with " +
                         std::to_string(crl.entries.size()) + " entries to " + out};
}

std::string line_of(const journal::CrlRecord& record, std::size_t entries) {
  return record.name + "  number " + std::to_string(record.number) + "  " + format_jst(record.this_update) +
         "  next " + format_jst(record.next_update) + "  " + std::to_string(entries) + " entries\n";
}

Result<cli::Output> list(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(const auto rows, home->rows());
  SHOMEI_TRY(const auto standing, rows->latest_crls());
  json lists = json::array();
  std::string text;
  for (const auto& one : standing) {
    SHOMEI_TRY(const auto name, ListName::parse(one.name));
    if (invocation.has("authority") && name.authority != invocation.get("authority")) continue;
    SHOMEI_TRY(const auto record, rows->latest_crl(one.name));
    if (!record) continue;
    SHOMEI_TRY(const auto crl, read_list(name, record->der));
    auto document = describe_name(name, *record, crl);
    document["name"] = one.name;
    document["entries"] = crl.entries.size();
    lists.push_back(std::move(document));
    text += line_of(*record, crl.entries.size());
  }
  return cli::Output{json{{"lists", lists}}.dump(), text.empty() ? "No list has been published yet." : text};
}

}  // namespace

std::vector<cli::Command> crl_commands() {
  auto one_authority = kAuthority;
  one_authority.required = false;
  return {{"crl list",
           "which revocation lists stand, and how much is on each",
           "shomei crl list --authority signature-1",
           {one_authority},
           list},
          {"crl show",
           "the last published revocation list",
           "shomei crl show --authority signature-1 --partition 13225",
           {kAuthority, kPartition, kDelta},
           show},
          {"crl write",
           "write the revocation list as it stands now; a new one is signed when something changed",
           "shomei crl write --authority signature-1 --out signature-1.crl",
           {kAuthority,
            kPartition,
            kDelta,
            {"out", "FILE", "where to", true},
            {"der", "", "DER instead of PEM"},
            kAtOption},
           write}};
}

}  // namespace shomei::app
