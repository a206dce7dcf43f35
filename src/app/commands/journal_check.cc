#include "app/command_list.h"
#include "app/commands/journal.h"
#include "app/describe.h"
#include "app/open_home.h"
#include "base/shown_text.h"
#include "crossing/check.h"

namespace shomei::app {
namespace {

using nlohmann::json;

const crossing::Invariant& invariant_of(const crossing::Finding& finding) {
  const auto all = crossing::all_invariants();
  return *std::ranges::find(all, finding.invariant, &crossing::Invariant::id);
}

json describe(const crossing::Report& report) {
  json findings = json::array(), proven = json::array();
  for (const auto& f : report.findings)
    findings.push_back({{"sequence", f.sequence}, {"invariant", f.invariant}, {"detail", f.detail}});
  for (const auto& i : crossing::all_invariants()) proven.push_back(i.id);
  return {{"holds", report.holds()},
          {"entries", report.entries},
          {"certificates", report.certificates},
          {"requests", report.requests},
          {"erased_parts", report.erased_parts},
          {"nameless", report.nameless},
          {"invariants", proven},
          {"findings", findings}};
}

std::string text_of_findings(const crossing::Report& report, texts::Language language) {
  std::string text;
  for (const auto& f : report.findings) {
    const auto& i = invariant_of(f);
    text += "entry " + std::to_string(f.sequence) + ": " + f.invariant + ": " + shown_line(f.detail) +
            "\n    " + std::string(language == texts::Language::ja ? i.ja : i.en) + "\n";
  }
  return text + (report.holds() ? "Nothing crossed: " : "SOMETHING CROSSED: ");
}

Result<cli::Output> check(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto memory_bytes, memory_bytes_of(invocation));
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(const auto rows, home->rows());
  SHOMEI_TRY(const auto report,
             crossing::check(*rows, {.memory_bytes = memory_bytes, .progress = progress_lines()}));
  const auto text = text_of_findings(report, invocation.language) + std::to_string(report.entries) +
                    " entries, " + std::to_string(report.certificates) + " certificates and " +
                    std::to_string(report.requests) + " requests held against " +
                    std::to_string(crossing::all_invariants().size()) + " invariants; " +
                    std::to_string(report.erased_parts) + " parts are erased, and " +
                    std::to_string(report.nameless) + " changes name nobody\n";
  return cli::Output{text_of(describe(report)), text, report.holds() ? 0 : 1};
}

}  // namespace

std::vector<cli::Command> journal_check_commands() {
  return {{"journal check",
           "prove over the whole history that no resident, card, request, officer or certificate was taken "
           "for another",
           "shomei --json journal check",
           {{"memory-mib", "N", "memory for what was said; less takes more passes (default 64)"}},
           check}};
}

}  // namespace shomei::app
