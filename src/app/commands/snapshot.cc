#include "status/snapshot.h"

#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "app/describe.h"
#include "app/followed_list.h"
#include "app/open_home.h"
#include "cli/print.h"
#include "files/file.h"
#include "files/mapped_file.h"

namespace shomei::app {
namespace {

using nlohmann::json;

json describe(const status::Snapshot& snapshot) {
  json authorities = json::array();
  for (const auto& [name, certificate] : snapshot.contents.authorities) authorities.push_back(name);
  std::size_t changed = 0;
  for (const auto& table : snapshot.contents.base->tables) changed += table.shape().changed;
  return {{"made_at", format_jst(snapshot.made_at)},
          {"entries", snapshot.position.size},
          {"authorities", authorities},
          {"certificates", snapshot.contents.base->count()},
          {"revoked_or_suspended", changed},
          {"bytes", snapshot.contents.base->bytes()}};
}

void tell_unused(const Error& error) {
  cli::print_raw("The earlier snapshot is not used: " + texts::says(error, texts::Language::en) + "\n",
                 false);
}

Result<cli::Output> write(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  home->leave_acts();
  const auto setting = home->settings().status_service.snapshot;
  const std::filesystem::path out =
      invocation.has("out") ? std::filesystem::path(invocation.get("out")) : home->layout().root / setting;
  if (!invocation.has("out") && setting.empty()) return refused("snapshot_nowhere");
  SHOMEI_TRY(const auto followed, follow_to_head(*home, tell_unused));
  SHOMEI_TRY(auto standstill, followed->follower.stand_still());
  const status::Snapshot snapshot{std::move(standstill.contents), std::move(standstill.position),
                                  home->clock().now()};
  SHOMEI_CHECK(files::replace_file(
      out,
      [&](const files::WritePiece& piece) {
        return status::write_snapshot(snapshot, home->settings().journal_origin, home->checkpoint_signer(),
                                      piece);
      },
      files::kReadableByAll));
  json document = describe(snapshot);
  document["file"] = out.string();
  return cli::Output{document.dump(), people_text(document)};
}

Result<cli::Output> show(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(const auto key, home->checkpoint_key());
  SHOMEI_TRY(auto file, files::MappedFile::open(invocation.get("file")));
  const auto owner = std::make_shared<files::MappedFile>(std::move(file));
  SHOMEI_TRY(const auto snapshot, status::open_snapshot(owner->bytes(), owner, key));
  const json document = describe(snapshot);
  return cli::Output{document.dump(), people_text(document)};
}

}  // namespace

std::vector<cli::Command> snapshot_commands() {
  return {{"snapshot write",
           "write the states of all certificates, signed, for status services to start from",
           "shomei snapshot write",
           {{"out", "FILE", "where to (default: where status.snapshot of the settings says)"}, kAtOption},
           write},
          {"snapshot show",
           "verify a snapshot and say what is in it",
           "shomei snapshot show shomei-home/public/status.snapshot",
           {{"file", "FILE", "the snapshot", true, true}},
           show}};
}

}  // namespace shomei::app
