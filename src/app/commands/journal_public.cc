#include <memory>

#include "app/commands/journal.h"
#include "app/in_file.h"
#include "app/journal_files.h"
#include "app/open_home.h"
#include "files/file.h"
#include "journal/published/compare.h"

#include <nlohmann/json.hpp>

namespace shomei::app {
namespace {

using nlohmann::json;

constexpr std::size_t kNoteBytesMax = 64 * 1024;
constexpr std::uint64_t kProgressEvery = 64 * 1024;  // entries

json describe(const journal::Checkpoint& checkpoint) {
  return {{"origin", checkpoint.origin}, {"size", checkpoint.size}, {"root", to_base64(checkpoint.root)}};
}

Result<cli::Output> export_files(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(const auto key, home->checkpoint_key());
  SHOMEI_TRY(const auto rows, home->rows());
  const auto progress = [](std::uint64_t entries) {
    if (entries % kProgressEvery == 0)
      cli::print_raw("shomei: " + std::to_string(entries) + " entries\n", false);
  };
  SHOMEI_TRY(const auto exported, export_journal(*rows, invocation.get("out"), key, progress));
  const json document{{"checkpoint", describe(exported.checkpoint)},
                      {"written", exported.written},
                      {"kept", exported.kept},
                      {"key", journal::encode_verifier_key(key.name, key.key)}};
  const auto text = std::to_string(exported.checkpoint.size) + " entries are in " + invocation.get("out") +
                    ": " + std::to_string(exported.written) + " files written, " +
                    std::to_string(exported.kept) +
                    " were there.\nVerify them: shomei journal verify --tiles " + invocation.get("out") +
                    " --key " + journal::encode_verifier_key(key.name, key.key) + "\n";
  return cli::Output{document.dump(), text};
}

json describe(const std::optional<journal::ForkProof>& fork) {
  if (!fork) return nullptr;
  json path = json::array();
  for (const auto& hash : fork->path) path.push_back(to_base64(hash));
  return {{"older", fork->older}, {"newer", fork->newer}, {"path", path}};
}

std::string text_of(const journal::Comparison& compared) {
  const auto sizes =
      std::to_string(compared.older.size) + " and " + std::to_string(compared.newer.size) + " entries";
  if (!compared.fork) return "The checkpoints over " + sizes + " are of one journal.\n";
  return "A FORK IS PROVEN: the key of " + compared.newer.origin + " has signed two histories, over " +
         sizes + ", of which neither continues the other. Keep both notes: they prove it to anybody.\n";
}

// Opened here already: of two notes, the error says which is wrong.
Result<std::string> note_at(const std::string& path, const journal::VerifierKey& key) {
  SHOMEI_TRY(const auto content, files::read_file(path, kNoteBytesMax));
  auto note = to_text(content);
  SHOMEI_CHECK(in_file(path, journal::open_checkpoint(note, key)));
  return note;
}

Result<cli::Output> compare(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto key, journal::parse_verifier_key(invocation.get("key")));
  SHOMEI_TRY(const auto a, note_at(invocation.get("a"), key));
  SHOMEI_TRY(const auto b, note_at(invocation.get("b"), key));
  std::optional<journal::PublishedFiles> tiles;
  if (invocation.has("tiles")) {
    SHOMEI_TRY(tiles, published_at(invocation.get("tiles")));
  }
  SHOMEI_TRY(const auto compared, journal::compare_checkpoints(a, b, key, tiles));
  const json document{{"consistent", !compared.fork},
                      {"older", describe(compared.older)},
                      {"newer", describe(compared.newer)},
                      {"key", invocation.get("key")},
                      {"fork", describe(compared.fork)}};
  if (compared.fork && invocation.has("out"))
    SHOMEI_CHECK(files::write_output(invocation.get("out"), view(document.dump(2) + "\n")));
  return cli::Output{document.dump(), text_of(compared), compared.fork ? 1 : 0};
}

}  // namespace

std::vector<cli::Command> journal_public_commands() {
  return {{"journal export",
           "write the public journal as files that any web server can serve",
           "shomei journal export --out /srv/journal",
           {{"out", "DIR", "the folder; what is there already stays", true}},
           export_files},
          {"journal compare",
           "two checkpoints: of one journal, or proof that its key has signed two histories",
           "shomei journal compare kept.txt theirs.txt --key VKEY --tiles http://journal.example",
           {{"a", "A", "a file with a checkpoint", true, true},
            {"b", "B", "and another", true, true},
            {"key", "VKEY", "the verifier key", true},
            {"tiles", "PLACE", "where the tiles are, where the checkpoints are of different sizes"},
            {"out", "FILE", "write the proof of a fork there"}},
           compare}};
}

}  // namespace shomei::app
