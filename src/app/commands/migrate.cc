#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "app/copy_progress.h"
#include "app/store_choice.h"
#include "home/move/move_store.h"

namespace shomei::app {
namespace {

using nlohmann::json;

json describe(const journal::StoreDigest& digest) {
  json rows = json::array();
  for (const auto kind : journal::all_row_kinds())
    rows.push_back({{"kind", journal::name(kind)},
                    {"rows", digest.of(kind).rows},
                    {"sha256", to_hex_upper(digest.of(kind).digest)}});
  return rows;
}

Result<cli::Output> migrate(const cli::Invocation& invocation) {
  const auto progress = copy_progress();
  SHOMEI_TRY(const auto to, store_of(invocation, "to"));
  SHOMEI_TRY(const auto moved, home::move_store(invocation.home, to, progress));
  const auto& proof = moved.filled.proof;
  const json document{{"from", moved.from},
                      {"to", moved.to},
                      {"kept_at", moved.kept_at},
                      {"was_there", moved.filled.was_there},
                      {"entries", proof.head.size},
                      {"checkpoint", proof.head.checkpoint},
                      {"rows", describe(proof.digest)}};
  std::string text = "The store is at " + moved.to + " now" +
                     (moved.filled.was_there ? ", where all of it was already" : "") + ": " +
                     std::to_string(proof.digest.rows()) +
                     " rows are the same in both, and the journal holds: " + std::to_string(proof.head.size) +
                     " entries";
  if (proof.head.size > 0) text += ", root " + to_base64(proof.journal.checkpoint.root);
  text += ".\nThe old one is kept at " + moved.kept_at + " and refuses whoever writes.\n";
  return cli::Output{document.dump(), text};
}

}  // namespace

std::vector<cli::Command> migrate_commands() {
  return {
      {"migrate",
       "move the store of a home to another engine, and prove that it is the same there",
       "shomei migrate --to postgresql://shomei@db.example/shomei --password credential:shomei-store",
       {{"to", "URL", "the PostgreSQL database, or \"sqlite\" for a file in the home", true},
        {"password", "SOURCE", "where the password of its user is: credential:NAME, file:PATH or env:NAME"}},
       migrate}};
}

}  // namespace shomei::app
