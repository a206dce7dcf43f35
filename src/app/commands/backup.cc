#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "app/copy_progress.h"
#include "app/open_home.h"
#include "app/store_choice.h"
#include "files/file.h"
#include "home/backup/backup.h"

namespace shomei::app {
namespace {

using nlohmann::json;

constexpr std::size_t kNoteBytesMax = 64 * 1024;

json describe(const home::Backup& backup) {
  json rows = json::object(), left_out = json::array();
  for (const auto kind : journal::all_row_kinds())
    rows[std::string(journal::name(kind))] = backup.manifest.rows.of(kind).rows;
  for (const auto& left : backup.manifest.left_out)
    left_out.push_back({{"what", left.what}, {"why", left.why}});
  return {{"manifest_sha256", to_hex_upper(backup.manifest_sha256)},
          {"made_at", format_jst(backup.manifest.made_at)},
          {"software", backup.manifest.software},
          {"origin", backup.manifest.origin},
          {"entries", backup.manifest.entries},
          {"certificates", backup.manifest.rows.of(journal::RowKind::certificate).rows},
          {"checkpoint", backup.manifest.checkpoint},
          {"rows", rows},
          {"files", backup.manifest.files.size()},
          {"left_out", left_out}};
}

std::string why_of(const home::LeftOut& left) {
  if (left.why == home::kBare) return "which is not sealed under a passphrase: keep it apart";
  if (left.why == home::kElsewhere) return "which is not in the home's known-bad/: keep it apart";
  return "which is on " + left.why;
}

std::string text_of(const home::Backup& backup) {
  const auto& m = backup.manifest;
  std::string text = std::to_string(m.entries) + " entries, " +
                     std::to_string(m.rows.of(journal::RowKind::certificate).rows) + " certificates, " +
                     std::to_string(m.rows.of(journal::RowKind::resident).rows) + " residents, " +
                     std::to_string(m.files.size()) + " files; of " + format_jst(m.made_at);
  if (m.entries > 0) text += ", root " + to_base64(backup.journal.checkpoint.root);
  text += "\nManifest SHA-256 " + to_hex_upper(backup.manifest_sha256);
  for (const auto& left : m.left_out) text += "\nNot in it: " + left.what + ", " + why_of(left);
  return text + "\n";
}

Result<home::BackupTrust> trust_of(const cli::Invocation& invocation) {
  home::BackupTrust trust;
  if (invocation.has("key")) {
    SHOMEI_TRY(trust.key, journal::parse_verifier_key(invocation.get("key")));
  }
  if (invocation.has("since")) {
    SHOMEI_TRY(const auto note, files::read_file(invocation.get("since"), kNoteBytesMax));
    trust.since = to_text(note);
  }
  if (invocation.has("manifest")) {
    SHOMEI_TRY(const auto bytes, from_hex(invocation.get("manifest")));
    crypto::Sha256 digest{};
    if (bytes.size() != digest.size()) return malformed("hex_form");
    std::ranges::copy(bytes, digest.begin());
    trust.manifest_sha256 = digest;
  }
  return trust;
}

// It is not needed by `backup check`, which the library takes for the same command and more.
Result<cli::Output> make(const cli::Invocation& invocation) {
  if (!invocation.has("out")) return malformed("usage_form", {{"what", "--out is required"}});
  const auto progress = copy_progress();
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(const auto backup, home::make_backup(*home, invocation.get("out"), progress));
  json document = describe(backup);
  document["backup"] = invocation.get("out");
  return cli::Output{document.dump(),
                     "Made the backup " + invocation.get("out") + ", proven: " + text_of(backup)};
}

Result<cli::Output> check(const cli::Invocation& invocation) {
  const auto progress = copy_progress();
  SHOMEI_TRY(const auto trust, trust_of(invocation));
  SHOMEI_TRY(const auto backup, home::check_backup(invocation.get("backup"), trust, progress));
  json document = describe(backup);
  document["backup"] = invocation.get("backup");
  return cli::Output{document.dump(), "The backup holds: " + text_of(backup)};
}

Result<cli::Output> restore(const cli::Invocation& invocation) {
  const auto progress = copy_progress();
  SHOMEI_TRY(const auto trust, trust_of(invocation));
  SHOMEI_TRY(const auto store, store_of(invocation, "store"));
  SHOMEI_TRY(const auto backup,
             home::restore_home(invocation.get("backup"), invocation.home, store, trust, progress));
  json document = describe(backup);
  document["home"] = invocation.home;
  document["store"] = store.url;
  return cli::Output{document.dump(), "Made the home " + invocation.home +
                                          " of the backup, proven: " + text_of(backup) +
                                          "It must not go on beside the home that it was made of."};
}

const std::vector<cli::Option> kTrust{
    {"since", "FILE", "a checkpoint that you kept: the journal must be its continuation"},
    {"manifest", "SHA256", "the digest of the manifest that you kept: finds out any change of the backup"},
    {"key", "VKEY", "the verifier key that you kept; that of the backup when left out"}};

std::vector<cli::Option> with_trust(std::vector<cli::Option> options) {
  options.insert(options.end(), kTrust.begin(), kTrust.end());
  return options;
}

}  // namespace

std::vector<cli::Command> backup_commands() {
  return {
      {"backup",
       "copy the whole home, while others go on writing, into a folder that proves itself",
       "shomei backup --out /backup/2026-11-26",
       {{"out", "DIR", "the folder, which must not be there; required"}},
       make},
      {"backup check", "verify a backup without restoring it: every file, every row, and the whole journal",
       "shomei backup check /backup/2026-11-26 --since kept-checkpoint.txt",
       with_trust({{"backup", "DIR", "the folder of the backup", true, true}}), check},
      {"restore", "make a new home of a backup, and prove it on the way",
       "shomei --home ./restored restore /backup/2026-11-26",
       with_trust({{"backup", "DIR", "the folder of the backup", true, true},
                   {"store", "URL", "keep the store in this PostgreSQL database; in the home when left out"},
                   {"password", "SOURCE",
                    "where the password of its user is: credential:NAME, file:PATH or env:NAME"}}),
       restore}};
}

}  // namespace shomei::app
