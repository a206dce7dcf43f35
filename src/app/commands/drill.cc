// Rehearsals on a copy of the home; their reports are signed with its journal's key.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "app/copy_progress.h"
#include "app/drill_report.h"
#include "app/number.h"
#include "app/open_home.h"
#include "base/shown_text.h"
#include "files/file.h"
#include "home/rehearsal.h"
#include "journal/checkpoint.h"
#include "texts/says.h"

namespace shomei::app {
namespace {

using nlohmann::json;

constexpr std::uint64_t kCountMax = 100'000'000;
constexpr std::size_t kReportBytesMax = 16 * 1024 * 1024;
constexpr std::string_view kName = "/drill";

Result<std::uint64_t> number_of(const cli::Invocation& invocation, const char* name, const char* otherwise,
                                std::uint64_t least, std::uint64_t most) {
  SHOMEI_TRY(const auto number, parse_number(invocation.get(name, otherwise)));
  if (number >= least && number <= most) return number;
  return malformed("number_out_of_range", {{"name", name}, {"max", std::to_string(most)}});
}

// The page is signed under a name of its own, so that it is no checkpoint of the journal.
std::string name_of(const home::Home& home) {
  return home.settings().journal_origin + std::string(kName);
}

// PREFIX.json and PREFIX.txt, never over what is there.
Result<cli::Output> keep(home::Home& home, const std::string& prefix, const DrillReport& report, bool holds) {
  SHOMEI_CHECK(home.open_keys());
  SHOMEI_TRY(const auto signer, home.keys().open(home::KeyUse::checkpoint, home::kCheckpointKeyName));
  SHOMEI_TRY(const auto note, journal::sign_note(report.page, name_of(home), *signer));
  const auto document = report.json + "\n";
  SHOMEI_CHECK(files::create_file(prefix + ".json", view(document), files::kReadableByAll));
  SHOMEI_CHECK(files::create_file(prefix + ".txt", view(note), files::kReadableByAll));
  return cli::Output{report.json, report.page + "\nReport: " + prefix + ".txt, " + prefix + ".json",
                     holds ? 0 : 1};
}

std::string prefix_of(const cli::Invocation& invocation, const home::Home& home) {
  if (invocation.has("out")) return invocation.get("out");
  auto at = format_utc(home.clock().now());
  std::erase(at, ':');
  return "drill-" + at;
}

Result<void> expect_free(const std::string& prefix) {
  std::error_code ignored;
  for (const auto* ending : {".json", ".txt"})
    if (std::filesystem::exists(prefix + ending, ignored))
      return conflict("file_exists", {{"path", prefix + ending}});
  return {};
}

// What drills before this one have left, with the home's keys, before as much is copied again.
void sweep(const home::Home& home, texts::Language language) {
  const auto swept = home::sweep_rehearsals(home.layout().root);
  for (const auto& copy : swept.deleted)
    cli::print_raw("shomei: a drill was killed and had left " + shown_line(copy.string()) + ": deleted\n",
                   false);
  for (const auto& copy : swept.left)
    cli::print_raw(
        "shomei: " +
            shown_line(texts::says(conflict("rehearsal_left", {{"path", copy.string()}}), language)) + "\n",
        false);
}

Result<cli::Output> revoke(const cli::Invocation& invocation) {
  RevocationDrill drill;
  drill.issuer = invocation.get("issuer");
  const auto reason = rules::parse_reason(invocation.get("reason", "keyCompromise"));
  if (!reason)
    return malformed("mass_word_unknown", {{"option", "reason"}, {"value", invocation.get("reason")}});
  drill.reason = *reason;
  SHOMEI_TRY(drill.count, number_of(invocation, "count", "1000", 1, kCountMax));
  SHOMEI_TRY(const auto nodes, number_of(invocation, "nodes", "2", 1, 16));
  SHOMEI_TRY(const auto counters, number_of(invocation, "counters", "1", 1, 1000));
  SHOMEI_TRY(const auto minutes, number_of(invocation, "minutes", "15", 1, 480));
  SHOMEI_TRY(const auto hours, number_of(invocation, "hours", "8", 1, 24));
  drill.nodes = static_cast<unsigned>(nodes);
  drill.counters = static_cast<unsigned>(counters);
  drill.each = std::chrono::minutes(minutes);
  drill.hours_a_day = static_cast<unsigned>(hours);
  drill.progress = [](std::string_view what, std::uint64_t done) { cli::print_progress(what, done); };
  const auto copying = copy_progress();
  drill.stop = [] { return stop_requested().load(); };
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  const auto prefix = prefix_of(invocation, *home);
  SHOMEI_CHECK(expect_free(prefix));
  sweep(*home, invocation.language);
  SHOMEI_TRY(const auto drilled, drill_revocation(*home, drill, copying));
  const bool holds = std::ranges::all_of(drilled.nodes, &DrilledNode::last_is_revoked);
  return keep(*home, prefix, report_of(drill, drilled, home->settings().journal_origin), holds);
}

Result<cli::Output> generation(const cli::Invocation& invocation) {
  GenerationDrill drill;
  SHOMEI_TRY(drill.kind, pki::parse_certificate_kind(invocation.get("kind", "signature")));
  SHOMEI_TRY(drill.issues, number_of(invocation, "issues", "10", 1, 10'000));
  drill.stop = [] { return stop_requested().load(); };
  drill.progress = [](std::string_view what, std::uint64_t done) { cli::print_progress(what, done); };
  const auto copying = copy_progress();
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  const auto prefix = prefix_of(invocation, *home);
  SHOMEI_CHECK(expect_free(prefix));
  sweep(*home, invocation.language);
  SHOMEI_TRY(const auto drilled, drill_generation(*home, drill, copying));
  return keep(*home, prefix, report_of(drill, drilled, home->settings().journal_origin), drilled.holds());
}

// Whether the page is this journal's, and the document is the one that it is about.
Result<cli::Output> check(const cli::Invocation& invocation) {
  const auto prefix = invocation.get("report");
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(const auto note, files::read_file(prefix + ".txt", kReportBytesMax));
  SHOMEI_TRY(const auto document, files::read_file(prefix + ".json", kReportBytesMax));
  SHOMEI_TRY(const auto key, home->checkpoint_key());
  SHOMEI_TRY(const auto of_drills,
             journal::parse_verifier_key(journal::encode_verifier_key(name_of(*home), key.key)));
  const std::string text = to_text(note);
  SHOMEI_TRY(const auto page, journal::open_note(text, of_drills));
  if (page.find(to_hex_upper(crypto::sha256(document))) == std::string::npos)
    return refused("drill_report_differs", {{"path", prefix + ".json"}});
  return cli::Output{json{{"report", prefix}, {"holds", true}}.dump(), std::string(page)};
}

}  // namespace

std::vector<cli::Command> drill_commands() {
  const cli::Option out{"out", "PREFIX", "PREFIX.txt and PREFIX.json get the report (default: drill-TIME)"};
  return {{"drill revoke",
           "rehearse the revocation of an authority's certificates on a copy of the home, and write a signed "
           "report",
           "shomei drill revoke --issuer signature-1 --reason keyCompromise --count 100000",
           {{"issuer", "A", "whose certificates, e.g. signature-1", true},
            {"reason", "R", "by its name in RFC 5280 (default: keyCompromise)"},
            {"count", "N", "how many (default 1000); a demo's copy is filled up to so many"},
            {"nodes", "N", "status nodes that follow (default 2)"},
            {"counters", "N", "that re-issue, at each office (default 1)"},
            {"minutes", "N", "for a resident at a counter (default 15)"},
            {"hours", "N", "that counters are open a day (default 8)"},
            out,
            kAtOption},
           revoke},
          {"drill generation",
           "rehearse a new generation of an authority and the way back to the old one, on a copy of the home",
           "shomei drill generation --kind signature",
           {{"kind", "K", "signature (default) or user_authentication"},
            {"issues", "N", "certificates under each (default 10)"},
            out,
            kAtOption},
           generation},
          {"drill check",
           "whether a drill's report is signed with this home's key, and its document is the one",
           "shomei drill check drill-2026-11-27T030000Z",
           {{"report", "PREFIX", "as it was written", true, true}},
           check}};
}

}  // namespace shomei::app
