#include <unistd.h>

#include <array>
#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "app/officer_options.h"
#include "app/open_home.h"
#include "counter/admit.h"
#include "files/file.h"
#include "home/ceremony/hold.h"
#include "home/ceremony/progress.h"
#include "home/ceremony/transcript.h"

namespace shomei::app {
namespace {

using nlohmann::json;

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "?";
}

cli::Output describe_plan(const home::CeremonyFile& file, const std::vector<home::CeremonyStep>& plan) {
  json steps = json::array();
  std::string text = file.title + "\n";
  std::size_t number = 0;
  for (const auto& step : plan) {
    steps.push_back({{"step", home::step_text(step)}, {"was_there", step.done}});
    text += "  " + std::to_string(++number) + ". " + home::step_text(step) +
            (step.done ? "  [there / 済み]" : "") + "\n";
  }
  text += "Nothing has been made.";
  return {json{{"ceremony_sha256", to_hex_upper(file.digest)}, {"steps", steps}}.dump(), text};
}

Result<void> keep_new(const std::filesystem::path& path, std::string_view text, mode_t mode) {
  return files::create_file(path, view(text), mode);
}

// What is written where stays as it is: a transcript is never overwritten.
Result<void> check_free(const std::string& path) {
  std::error_code ignored;
  for (const auto& one : {path, path + ".json"})
    if (!one.empty() && std::filesystem::exists(one, ignored))
      return conflict("file_exists", {{"path", one}});
  return {};
}

// The home keeps the transcript, and a copy goes where it was asked for. Returns where it is.
Result<std::string> write_transcript(const home::Home& home, const home::CeremonyFile& file,
                                     const home::CeremonyReport& report, const std::string& copy) {
  const auto kept = home.layout().ceremonies() / (home::kept_name(file.digest) + ".txt");
  std::error_code ignored;
  const bool was_kept = std::filesystem::exists(kept, ignored);
  if (was_kept && report.nothing_to_do() && copy.empty()) return kept.string();
  SHOMEI_TRY(const auto transcript,
             home::make_transcript(file, report, {host_name(), home.settings().journal_origin},
                                   home.checkpoint_signer()));
  if (!was_kept) {
    SHOMEI_CHECK(files::replace_file(kept.string() + ".json", view(transcript.json)));
    SHOMEI_CHECK(keep_new(kept, transcript.note, files::kOwnerOnly));
  }
  if (copy.empty()) return kept.string();
  SHOMEI_CHECK(keep_new(copy + ".json", transcript.json, files::kReadableByAll));
  SHOMEI_CHECK(keep_new(copy, transcript.note, files::kReadableByAll));
  return copy;
}

Result<home::CeremonyFile> read_ceremony(const std::string& path) {
  SHOMEI_TRY(const auto text, files::read_file(path, home::kCeremonyFileBytesMax));
  auto file = home::parse_ceremony_file(to_text(text));
  if (!file) return std::move(file).error().with("file", path);
  return file;
}

// A home's first ceremony makes the keys without which nothing can be recorded; who holds a later one is an
// officer, and others have agreed to this very file.
Result<void> admit(const cli::Invocation& invocation, const home::CeremonyFile& file) {
  auto home = open_home(invocation, journal::Access::write);
  if (!home && home.error().code == "ceremony_needed") return {};
  if (!home) return std::move(home).error();
  constexpr std::string_view kAct = "found_authority";
  const auto parts = (*home)->parts();
  SHOMEI_TRY(const auto officer, officer_of(invocation, parts.directory.offices.front().id));
  SHOMEI_CHECK(counter::admit(parts, kAct, officer));
  return parts.admission->expect_agreed(kAct, officer, file.digest, file.title);
}

Result<cli::Output> ceremony(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto file, read_ceremony(invocation.get("file")));
  const std::string copy = invocation.get("transcript");
  if (!copy.empty()) SHOMEI_CHECK(check_free(copy));
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_CHECK(home->open_keys());
  if (invocation.has("dry-run")) {
    SHOMEI_TRY(const auto plan, home::plan_ceremony(*home, file));
    return describe_plan(file, plan);
  }
  if (home->settings().officers.required) SHOMEI_CHECK(admit(invocation, file));
  home::CeremonyHolding holding;
  holding.on_step = [](const home::CeremonyStep& step) -> Result<void> {
    cli::print_raw((step.done ? "  there / 済み: " : "  made / 作成: ") + home::step_text(step) + "\n",
                   false);
    return {};
  };
  SHOMEI_TRY(const auto report, home::hold_ceremony(*home, file, holding));
  SHOMEI_TRY(const auto transcript, write_transcript(*home, file, report, copy));
  json keys = json::array();
  for (const auto& key : report.keys)
    keys.push_back({{"name", key.name}, {"spki_sha256", to_hex_upper(key.spki)}});
  json certificates = json::array();
  for (const auto& c : report.certificates)
    certificates.push_back({{"name", c.name}, {"sha256", to_hex_upper(c.certificate)}});
  const json document{{"ceremony_sha256", to_hex_upper(file.digest)},
                      {"complete_before", report.nothing_to_do()},
                      {"keys", keys},
                      {"certificates", certificates},
                      {"transcript", transcript}};
  return cli::Output{document.dump(), (report.nothing_to_do() ? "Everything was there before. Transcript: "
                                                              : "The ceremony is complete. Transcript: ") +
                                          transcript};
}

}  // namespace

std::vector<cli::Command> ceremony_commands() {
  cli::Option file{"file", "FILE", "the ceremony file (docs/formats/ceremony.md)", true};
  file.positional = true;
  auto office = officer_options()[0];
  office.required = false;
  return {{"ceremony",
           "make the keys and authorities that one file names, before witnesses",
           "shomei ceremony founding.toml --dry-run",
           {file,
            {"dry-run", "", "check everything, print the plan and touch nothing"},
            {"transcript", "FILE", "a copy of the signed transcript, with FILE.json beside it"},
            office,
            officer_options()[1],
            officer_options()[2],
            kAtOption},
           ceremony}};
}

}  // namespace shomei::app
