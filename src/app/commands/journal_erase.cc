#include <nlohmann/json.hpp>

#include "app/commands/journal.h"
#include "app/officer_options.h"
#include "app/open_home.h"
#include "counter/admit.h"
#include "counter/find_resident.h"
#include "counter/parts.h"
#include "counter/recorded_text.h"
#include "counter/request.h"
#include "counter/traced.h"
#include "crypto/random.h"
#include "journal/erase_person.h"

namespace shomei::app {
namespace {

using nlohmann::json;

constexpr std::string_view kAct = "erase_person";

Result<cli::Output> erase(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto officer, officer_of(invocation));
  const auto ground = invocation.get("ground");
  SHOMEI_CHECK(counter::check_ground(ground));
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  const auto parts = home->parts();
  SHOMEI_CHECK(counter::admit(parts, kAct, officer));
  SHOMEI_TRY(auto rows, home->rows());
  SHOMEI_TRY(const auto resident, counter::find_resident(*rows, invocation.get("resident")));
  rows.reset();
  SHOMEI_CHECK(parts.admission->expect_agreed(kAct, officer,
                                              counter::content_of({kAct, resident.id.text(), ground}),
                                              resident.id.text() + " " + ground));
  auto fields = counter::officer_fields(kAct, officer);
  fields.insert_or_assign(std::string(journal::field::kGround), to_bytes(ground));
  SHOMEI_TRY(const auto erased, counter::traced(parts, kAct, officer, resident.id,
                                                journal::erase_person(home->journal(), resident.id, fields)));
  const json document{
      {"resident", resident.id.text()}, {"act", erased.act.text()}, {"erased", erased.entries}};
  const auto text = "Forgotten: " + std::to_string(erased.entries) +
                    " parts of the journal about the resident " + resident.id.text() +
                    ". The register and the certificates' rows still stand.\n";
  return cli::Output{document.dump(), text};
}

}  // namespace

std::vector<cli::Command> journal_erase_commands() {
  const auto of_officer = officer_options();
  return {{"journal erase",
           "forget what the journal says about a person; that it was done stays, and receipts still prove",
           "shomei journal erase --resident q7k2m9xa --office inagi-city-hall --ground 'ten years are over'",
           {{"resident", "R", "the resident: identifier, or the whole name when it is the only one", true},
            of_officer[0],
            of_officer[1],
            of_officer[2],
            {"ground", "TEXT", "why; it is kept, so name nobody in it", true},
            kAtOption},
           erase}};
}

}  // namespace shomei::app
