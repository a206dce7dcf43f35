#include <algorithm>
#include <memory>
#include <set>

#include "app/command_list.h"
#include "app/commands/journal.h"
#include "app/describe.h"
#include "app/journal_files.h"
#include "app/journal_words.h"
#include "app/mass_words.h"
#include "app/number.h"
#include "app/open_home.h"
#include "base/shown_text.h"
#include "counter/find_resident.h"
#include "files/file.h"
#include "journal/published/verify_published.h"
#include "journal/verify.h"
#include "mass/about_resident.h"

namespace shomei::app {
namespace {

using nlohmann::json;

constexpr std::size_t kNoteBytesMax = 64 * 1024;
constexpr std::uint64_t kMemoryMibMax = 1024 * 1024;
constexpr std::chrono::seconds kProgressPause{1};

std::optional<journal::Fields> fields_of(const journal::StoredEntry& stored, journal::PartKind kind) {
  const auto& part = stored.parts[static_cast<std::size_t>(kind)];
  auto fields = part ? journal::parse_fields(part->body) : Result<journal::Fields>{};
  return part && fields ? std::optional(*std::move(fields)) : std::nullopt;
}

bool is_about(const journal::StatusChange& change, const std::vector<mass::Line>& certificates) {
  const auto named = [&](const auto& c) {
    if constexpr (requires { c.serial; })
      return std::ranges::any_of(certificates, [&](const mass::Line& line) {
        return line.serial == c.serial && line.authority == c.authority;
      });
    else
      return false;
  };
  return std::visit(named, change);
}

// The operator part tells who did what where; the person part is shown to who asks for it alone. Of changes
// to many people's certificates only those to `own`, if there are any.
std::string entry_line(const journal::StoredEntry& stored, texts::Language language,
                       const std::vector<mass::Line>* own) {
  const auto& status = stored.parts[static_cast<std::size_t>(journal::PartKind::status)];
  auto changes =
      status ? journal::parse_status_part(status->body) : Result<std::vector<journal::StatusChange>>{};
  if (changes && own) std::erase_if(*changes, [&](const auto& change) { return !is_about(change, *own); });
  const auto officer = fields_of(stored, journal::PartKind::officer);
  return std::to_string(stored.entry.sequence) + "  " +
         says({stored.entry, changes ? &*changes : nullptr, nullptr, officer ? &*officer : nullptr},
              language);
}

struct Listing {
  const cli::Invocation& invocation;
  json entries = json::array();
  std::string text = {};
  json unread = json::array();

  void add(const journal::StoredEntry& stored, const std::vector<mass::Line>* own = nullptr) {
    const bool person = invocation.has("person");
    const auto says = entry_line(stored, invocation.language, own);
    entries.push_back(describe_entry(stored, person));
    entries.back()["says"] = says;
    text += says + "\n";
    const auto fields = person ? fields_of(stored, journal::PartKind::person) : std::nullopt;
    if (fields) text += says_of_person(*fields, invocation.language);
  }
  void add(const mass::UnreadAct& act) {
    const auto says = cli::error_text(act.why, invocation.language);
    unread.push_back({{"order", act.order.text()}, {"code", act.why.code}, {"says", says}});
    text += act.order.text() + "  " + says + "\n";
  }
  cli::Output output() const {
    json document{{"entries", entries}};
    if (!unread.empty()) document["unread"] = unread;
    return {text_of(document), text, unread.empty() ? 0 : 1};
  }
};

// Everything that happened to one person's card and certificates, alone or with those of others.
Result<void> list_of_resident(journal::Rows& rows, const mass::Folder& folder, const ResidentId& resident,
                              std::uint64_t first, std::uint64_t count, Listing& listing) {
  SHOMEI_TRY(const auto alone, rows.entries_of_resident(resident));
  SHOMEI_TRY(const auto with_others, mass::about_resident(folder, rows, resident));
  std::set<std::uint64_t> sequences(alone.begin(), alone.end());
  for (const auto& [sequence, own] : with_others.entries) sequences.insert(sequence);
  for (const auto sequence : sequences) {
    if (sequence < first || listing.entries.size() == count) continue;
    SHOMEI_TRY(const auto stored, rows.find_entry(sequence));
    const auto own = with_others.entries.find(sequence);
    if (stored) listing.add(*stored, own == with_others.entries.end() ? nullptr : &own->second);
  }
  for (const auto& act : with_others.unread) listing.add(act);
  return {};
}

Result<cli::Output> show(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto first, parse_number(invocation.get("from", "0")));
  SHOMEI_TRY(const auto count, parse_number(invocation.get("count", "1000")));
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(const auto rows, home->rows());
  Listing listing{invocation};
  if (invocation.has("resident")) {
    SHOMEI_TRY(const auto resident, counter::find_resident(*rows, invocation.get("resident")));
    SHOMEI_CHECK(list_of_resident(*rows, mass_folder(*home), resident.id, first, count, listing));
  } else {
    SHOMEI_CHECK(rows->each_entry(first, {true, true, true}, [&](const journal::StoredEntry& stored) {
      if (listing.entries.size() == count) return false;
      listing.add(stored);
      return true;
    }));
  }
  return listing.output();
}

Result<journal::VerifierKey> key_of(const cli::Invocation& invocation, const home::Home& home) {
  if (invocation.has("key")) return journal::parse_verifier_key(invocation.get("key"));
  return home.checkpoint_key();
}

json describe_findings(const std::vector<journal::Finding>& all) {
  json findings = json::array();
  for (const auto& f : all)
    findings.push_back({{"sequence", f.sequence}, {"code", f.code}, {"detail", f.detail}});
  return findings;
}

json describe_instant(const std::optional<InstantMs>& at) {
  return at ? json(format_jst(*at)) : json(nullptr);
}

json describe_checkpoint(const journal::Checkpoint& checkpoint, const std::string& note) {
  return {{"origin", checkpoint.origin},
          {"size", checkpoint.size},
          {"root", to_base64(checkpoint.root)},
          {"note", note}};
}

std::string findings_text(const std::vector<journal::Finding>& findings) {
  std::string text;
  for (const auto& f : findings)
    text += "entry " + std::to_string(f.sequence) + ": " + f.code + ": " + shown_line(f.detail) + "\n";
  return text + (findings.empty() ? "The journal holds: " : "THE JOURNAL DOES NOT HOLD: ");
}

cli::Output output_of(const journal::VerifyReport& report) {
  const json document{{"holds", report.holds()},
                      {"entries", report.entries},
                      {"acts", report.acts},
                      {"certificates", report.certificates},
                      {"erased_parts", report.erased_parts},
                      {"first_at", describe_instant(report.first_at)},
                      {"last_at", describe_instant(report.last_at)},
                      {"checkpoint", describe_checkpoint(report.checkpoint, report.checkpoint_note)},
                      {"findings", describe_findings(report.findings)}};
  const auto text = findings_text(report.findings) + std::to_string(report.entries) + " entries of " +
                    std::to_string(report.acts) + " acts, " + std::to_string(report.certificates) +
                    " certificates verified under their authorities, root " +
                    to_base64(report.checkpoint.root) + "\n";
  return {text_of(document), text, report.holds() ? 0 : 1};
}

cli::Output output_of(const journal::PublishedReport& report) {
  const json document{{"holds", report.holds()},
                      {"entries", report.entries},
                      {"acts", report.acts},
                      {"tiles", report.tiles},
                      {"first_at", describe_instant(report.first_at)},
                      {"last_at", describe_instant(report.last_at)},
                      {"checkpoint", describe_checkpoint(report.checkpoint, report.checkpoint_note)},
                      {"findings", describe_findings(report.findings)}};
  const auto text = findings_text(report.findings) + std::to_string(report.entries) + " public entries of " +
                    std::to_string(report.acts) + " acts, " + std::to_string(report.tiles) + " tiles, root " +
                    to_base64(report.checkpoint.root) + "\n";
  return {text_of(document), text, report.holds() ? 0 : 1};
}

Result<journal::VerifyOptions> verify_options(const cli::Invocation& invocation, journal::VerifierKey key) {
  journal::VerifyOptions options{.key = std::move(key), .progress = progress_lines()};
  if (invocation.has("since")) {
    SHOMEI_TRY(const auto note, files::read_file(invocation.get("since"), kNoteBytesMax));
    options.since = to_text(note);
  }
  SHOMEI_TRY(options.memory_bytes, memory_bytes_of(invocation));
  return options;
}

// As an outsider: no home is opened.
Result<cli::Output> verify_outside(const cli::Invocation& invocation) {
  if (!invocation.has("key")) return malformed("key_needed");
  SHOMEI_TRY(auto key, journal::parse_verifier_key(invocation.get("key")));
  SHOMEI_TRY(const auto options, verify_options(invocation, std::move(key)));
  SHOMEI_TRY(const auto files, published_at(invocation.get("tiles")));
  SHOMEI_TRY(const auto report, journal::verify_published(files, options));
  return output_of(report);
}

Result<cli::Output> verify(const cli::Invocation& invocation) {
  if (invocation.has("tiles")) return verify_outside(invocation);
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(auto key, key_of(invocation, *home));
  SHOMEI_TRY(const auto options, verify_options(invocation, std::move(key)));
  SHOMEI_TRY(const auto rows, home->rows());
  SHOMEI_TRY(const auto report, journal::verify_journal(*rows, options));
  return output_of(report);
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

std::function<void(const journal::VerifyProgress&)> progress_lines() {
  auto said_at = std::make_shared<std::chrono::steady_clock::time_point>(std::chrono::steady_clock::now());
  return [said_at](const journal::VerifyProgress& p) {
    const auto now = std::chrono::steady_clock::now();
    if (now - *said_at < kProgressPause) return;
    *said_at = now;
    cli::print_raw("shomei: " + std::to_string(p.entries) + " of " + std::to_string(p.of) + " entries" +
                       (p.pass > 1 ? ", pass " + std::to_string(p.pass) : "") + "\n",
                   false);
  };
}

Result<std::size_t> memory_bytes_of(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto mib, parse_number(invocation.get("memory-mib", "64")));
  if (mib == 0 || mib > kMemoryMibMax)
    return malformed("memory_mib_range",
                     {{"mib", std::to_string(mib)}, {"max", std::to_string(kMemoryMibMax)}});
  return static_cast<std::size_t>(mib) * 1024 * 1024;
}

std::vector<cli::Command> journal_commands() {
  std::vector<cli::Command> list = {
      {"journal show",
       "the entries in order, in words: who did what, where, and what came of it",
       "shomei journal show --resident q7k2m9xa",
       {{"from", "N", "the first sequence number (default 0)"},
        {"count", "N", "how many at most (default 1000)"},
        {"resident", "R", "only what happened to this resident's card and certificates"},
        {"person", "", "show the person parts too"}},
       show},
      {"journal verify",
       "prove the whole history against the signed checkpoint, with public keys alone",
       "shomei --json journal verify --since kept-checkpoint.txt",
       {{"key", "VKEY", "the verifier key; that of the home when left out"},
        {"tiles", "PLACE",
         "verify what is published in a folder or at an http:// address instead; needs --key and no home"},
        {"since", "FILE", "a checkpoint that you kept: the journal must be its continuation"},
        {"memory-mib", "N", "memory for acts and serial numbers; less takes more passes (default 64)"}},
       verify},
      {"journal checkpoint",
       "the last signed checkpoint: keep it elsewhere, to find a rollback or a fork later",
       "shomei journal checkpoint --out checkpoint.txt",
       {{"out", "FILE", "write it there too"}},
       checkpoint}};
  for (auto more :
       {journal_check_commands, journal_public_commands, journal_receipt_commands, journal_erase_commands})
    for (auto& command : more()) list.push_back(std::move(command));
  return list;
}

}  // namespace shomei::app
