#include "app/command_list.h"
#include "app/describe.h"
#include "app/number.h"
#include "app/open_home.h"
#include "files/file.h"
#include "journal/part.h"
#include "journal/verify.h"

namespace shomei::app {
namespace {

using nlohmann::json;

constexpr std::size_t kNoteBytesMax = 64 * 1024;

// The operator part tells who did what where; the person part is shown to who asks for it alone.
json describe_entry(const journal::StoredEntry& stored, bool with_person) {
  json document{{"sequence", stored.entry.sequence},
                {"recorded_at", format_jst(stored.entry.recorded_at)},
                {"act_id", stored.entry.act.text()},
                {"phase", journal::name(stored.entry.phase)}};
  for (auto kind : {journal::PartKind::officer, journal::PartKind::person}) {
    const auto& part = stored.parts[static_cast<std::size_t>(kind)];
    if (!part || (kind == journal::PartKind::person && !with_person)) continue;
    const auto fields = journal::parse_fields(part->body);
    json values = json::object();
    if (fields)
      for (const auto& [name, value] : *fields)
        values[name] = name == journal::field::kCertificate || name == journal::field::kTbsCertificate
                           ? json(to_base64(value))
                           : json(to_text(value));
    document[std::string(journal::name(kind))] = values;
  }
  return document;
}

std::string entry_line(const json& entry) {
  const auto& officer = entry.contains("operator") ? entry["operator"] : json::object();
  std::string text = std::to_string(entry["sequence"].get<std::uint64_t>()) + "  " +
                     entry["recorded_at"].get<std::string>() + "  " + officer.value("act", std::string()) +
                     " (" + entry["phase"].get<std::string>() + ")";
  if (officer.contains("refusal")) text += "  refused: " + officer["refusal"].get<std::string>();
  if (officer.contains("office")) text += "  at " + officer["office"].get<std::string>();
  return text + "\n";
}

Result<cli::Output> show(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto first, parse_number(invocation.get("from", "0")));
  SHOMEI_TRY(const auto count, parse_number(invocation.get("count", "1000")));
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(const auto rows, home->rows());
  const bool person = invocation.has("person");
  json entries = json::array();
  std::string text;
  SHOMEI_CHECK(rows->each_entry(first, {false, person, true}, [&](const journal::StoredEntry& stored) {
    if (entries.size() == count) return false;
    entries.push_back(describe_entry(stored, person));
    text += entry_line(entries.back());
    return true;
  }));
  return cli::Output{json{{"entries", entries}}.dump(), text};
}

Result<journal::VerifierKey> key_of(const cli::Invocation& invocation, const home::Home& home) {
  if (invocation.has("key")) return journal::parse_verifier_key(invocation.get("key"));
  return home.checkpoint_key();
}

json describe_report(const journal::VerifyReport& report) {
  json findings = json::array();
  for (const auto& f : report.findings)
    findings.push_back({{"sequence", f.sequence}, {"code", f.code}, {"detail", f.detail}});
  const auto instant = [](const std::optional<InstantMs>& at) {
    return at ? json(format_jst(*at)) : json(nullptr);
  };
  return {{"holds", report.holds()},
          {"entries", report.entries},
          {"acts", report.acts},
          {"certificates", report.certificates},
          {"erased_parts", report.erased_parts},
          {"first_at", instant(report.first_at)},
          {"last_at", instant(report.last_at)},
          {"checkpoint",
           {{"origin", report.checkpoint.origin},
            {"size", report.checkpoint.size},
            {"root", to_base64(report.checkpoint.root)},
            {"note", report.checkpoint_note}}},
          {"findings", findings}};
}

std::string report_text(const journal::VerifyReport& report) {
  std::string text;
  for (const auto& f : report.findings)
    text += "entry " + std::to_string(f.sequence) + ": " + f.code + ": " + f.detail + "\n";
  text += report.holds() ? "The journal holds: " : "THE JOURNAL DOES NOT HOLD: ";
  text += std::to_string(report.entries) + " entries of " + std::to_string(report.acts) + " acts, " +
          std::to_string(report.certificates) + " certificates verified under their authorities, root " +
          to_base64(report.checkpoint.root) + "\n";
  return text;
}

Result<cli::Output> verify(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(auto key, key_of(invocation, *home));
  journal::VerifyOptions options{std::move(key), std::nullopt};
  if (invocation.has("since")) {
    SHOMEI_TRY(const auto note, files::read_file(invocation.get("since"), kNoteBytesMax));
    options.since = to_text(note);
  }
  SHOMEI_TRY(const auto rows, home->rows());
  SHOMEI_TRY(const auto report, journal::verify_journal(*rows, options));
  return cli::Output{describe_report(report).dump(), report_text(report), report.holds() ? 0 : 1};
}

Result<cli::Output> checkpoint(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(const auto key, home->checkpoint_key());
  SHOMEI_TRY(const auto rows, home->rows());
  SHOMEI_TRY(const auto note, rows->latest_checkpoint());
  if (!note) return not_found("checkpoint_none_yet");
  SHOMEI_TRY(const auto checkpoint, journal::open_checkpoint(*note, key));
  if (invocation.has("out")) SHOMEI_CHECK(files::write_output(invocation.get("out"), view(*note)));
  const json document{{"origin", checkpoint.origin},
                      {"size", checkpoint.size},
                      {"root", to_base64(checkpoint.root)},
                      {"note", *note},
                      {"key", journal::encode_verifier_key(key.name, key.key)}};
  return cli::Output{document.dump(), *note};
}

}  // namespace

std::vector<cli::Command> journal_commands() {
  return {{"journal show",
           "the entries, in order",
           "shomei journal show --from 10 --count 5",
           {{"from", "N", "the first sequence number (default 0)"},
            {"count", "N", "how many at most (default 1000)"},
            {"person", "", "show the person parts too"}},
           show},
          {"journal verify",
           "prove the whole history against the signed checkpoint, with public keys alone",
           "shomei --json journal verify --since kept-checkpoint.txt",
           {{"key", "VKEY", "the verifier key; that of the home when left out"},
            {"since", "FILE", "a checkpoint that you kept: the journal must be its continuation"}},
           verify},
          {"journal checkpoint",
           "the last signed checkpoint: keep it elsewhere, to find a rollback or a fork later",
           "shomei journal checkpoint --out checkpoint.txt",
           {{"out", "FILE", "write it there too"}},
           checkpoint}};
}

}  // namespace shomei::app
