#include "app/command_list.h"
#include "app/describe.h"
#include "app/event_options.h"
#include "app/officer_options.h"
#include "app/open_home.h"
#include "cli/prompt.h"
#include "counter/find_resident.h"
#include "counter/import_register.h"
#include "counter/register_event.h"
#include "counter/traced.h"
#include "crypto/random.h"
#include "files/file.h"

namespace shomei::app {
namespace {

using nlohmann::json;

constexpr std::size_t kRegisterFileBytesMax = 256 * 1024 * 1024;
// At the home's first office unless one is named.
constexpr cli::Option kOfficeIfAny{"office", "O",
                                   "the office where the act is done (default: the first one)"};
constexpr cli::Option kResident{"resident", "R",
                                "the resident: identifier, or the whole name when it is the only one", true};

Result<cli::Output> import_lines(const cli::Invocation& invocation, std::string_view text,
                                 const std::string& file) {
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  auto lines = counter::read_register(text);
  if (!lines) return std::move(lines).error().with("file", file);
  const auto parts = home->parts();
  SHOMEI_TRY(const auto officer, officer_of(invocation, home->settings().directory.offices.front().id));
  auto imported = counter::import_register(parts, officer, *std::move(lines),
                                           [](std::size_t done) { cli::print_progress("residents", done); });
  if (!imported) return std::move(imported).error().with("file", file);
  json ids = json::array();
  for (const auto& resident : imported->residents) ids.push_back(resident.id.text());
  return cli::Output{json{{"imported", ids.size()}, {"residents", ids}}.dump(),
                     "Took in " + std::to_string(ids.size()) + " residents."};
}

Result<cli::Output> import_file(const cli::Invocation& invocation) {
  const std::string file = invocation.get("file");
  SHOMEI_TRY(const auto text, files::read_file(file, kRegisterFileBytesMax));
  return import_lines(invocation, to_text(text), file);
}

Result<cli::Output> add(const cli::Invocation& invocation) {
  return import_lines(invocation, invocation.get("line"), "--line");
}

Result<cli::Output> show(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(const auto rows, home->rows());
  SHOMEI_TRY(const auto resident, counter::find_resident(*rows, invocation.get("resident")));
  SHOMEI_TRY(const auto cards, rows->cards_of(resident.id));
  SHOMEI_TRY(const auto certificates, rows->certificates_of(resident.id));
  json document = describe(resident, cards);
  document["certificates"] = json::array();
  for (const auto& certificate : certificates) document["certificates"].push_back(describe(certificate));
  return cli::Output{document.dump(), people_text(document)};
}

Result<cli::Output> list(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(const auto rows, home->rows());
  json all = json::array();
  std::string text;
  journal::Page page;
  while (true) {
    SHOMEI_TRY(const auto residents, rows->list_residents(page));
    for (const auto& resident : residents) {
      SHOMEI_TRY(const auto cards, rows->cards_of(resident.id));
      all.push_back(describe(resident, cards));
      text += resident.id.text() + "  " + format_date(resident.born) + "  " + resident.name + "  " +
              resident.address + "\n";
    }
    if (residents.size() < page.count) break;
    page.after = residents.back().id.text();
  }
  return cli::Output{json{{"residents", all}}.dump(), text.empty() ? "There are no residents." : text};
}

Result<cli::Output> event(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto happened, event_from(invocation));
  const auto kind = happened.kind;
  SHOMEI_TRY(const auto officer, officer_of(invocation));
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  SHOMEI_TRY(auto rows, home->rows());
  SHOMEI_TRY(const auto resident, counter::find_resident(*rows, invocation.get("resident")));
  rows.reset();
  const auto parts = home->parts();
  const auto report = counter::traced(parts, residents::name(kind), officer, resident.id,
                                      counter::record_event(parts, officer, resident.id, happened));
  if (!report) return report.error();
  json revoked = json::array();
  std::string text = "Recorded: " + std::string(residents::name(kind)) + ".\n";
  for (const auto& record : report->revoked) {
    revoked.push_back(describe(record));
    text += "Revoked: " + one_line(record) + "\n";
  }
  json ends = json::array();
  for (const auto& end : report->decision.ends()) {
    ends.push_back({{"kind", rules::name(end.kind)},
                    {"from", format_jst(end.from)},
                    {"reason", rules::name(end.reason)}});
    if (end.from > report->decision.at())
      text += "Will end on " + format_date(jst_date(end.from)) +
              ", when that event is recorded: " + std::string(rules::name(end.kind)) + "\n";
  }
  if (report->decision.ends().empty()) text += "No certificate ends by it.\n";
  const json document{{"event", residents::name(kind)},
                      {"resident", resident.id.text()},
                      {"ends", ends},
                      {"revoked", revoked}};
  return cli::Output{document.dump(), text};
}

std::vector<cli::Option> with_event(std::vector<cli::Option> options) {
  auto more = event_options();
  more.front().required = true;
  options.insert(options.end(), more.begin(), more.end());
  return options;
}

}  // namespace

std::vector<cli::Command> resident_commands() {
  const auto of_officer = officer_options();
  const auto &office = of_officer[0], &officer = of_officer[1];
  return {
      {"resident add",
       "take one resident into the register",
       R"(shomei resident add --line '{"name":"見本　太郎","address":"東京都稲城市百村1",)"
       R"("gender":"male","born":"1990-01-02","status":"japanese","municipality":"13225",)"
       R"("card":{"valid_until":"2034-05-05"}}')",
       {{"line", "JSON", "the register line (docs/formats/register-line.md)", true},
        kOfficeIfAny,
        officer,
        kAtOption},
       add},
      {"resident import",
       "take a register file in, one resident a line: all of them or none",
       "shomei resident import people.jsonl",
       {{"file", "FILE", "JSON lines (docs/formats/register-line.md)", true, true},
        kOfficeIfAny,
        officer,
        kAtOption},
       import_file},
      {"resident show",
       "one resident with cards and certificates",
       "shomei resident show --resident 見本　花子",
       {kResident},
       show},
      {"resident list", "all residents", "shomei resident list", {}, list},
      {"resident event", "record what happened to a resident; certificates end by it as the rules say",
       "shomei resident event --resident 見本　花子 --event moved --value 神奈川県横浜市中区1 --municipality "
       "14104 --office inagi-city-hall",
       with_event({kResident, office, officer, kAtOption}), event}};
}

}  // namespace shomei::app
