#include <nlohmann/json.hpp>

#include "app/commands/journal.h"
#include "app/open_home.h"
#include "counter/find_resident.h"
#include "counter/parts.h"
#include "counter/recorded_text.h"
#include "counter/traced.h"
#include "crypto/random.h"
#include "journal/erase_person.h"

namespace shomei::app {
namespace {

using nlohmann::json;

Result<cli::Output> erase(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto office, OfficeId::parse(invocation.get("office")));
  const auto ground = invocation.get("ground");
  SHOMEI_CHECK(counter::check_ground(ground));
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  const auto parts = home->parts();
  SHOMEI_CHECK(parts.directory.office(office));
  SHOMEI_TRY(auto rows, home->rows());
  SHOMEI_TRY(const auto resident, counter::find_resident(*rows, invocation.get("resident")));
  rows.reset();
  const counter::Officer officer{"cli", office, crypto::ordered_identifier<RequestId>()};
  auto fields = counter::officer_fields("erase_person", officer);
  fields.insert_or_assign(std::string(journal::field::kGround), to_bytes(ground));
  SHOMEI_TRY(const auto erased, counter::traced(parts, "erase_person", officer, resident.id,
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
  return {{"journal erase",
           "forget what the journal says about a person; that it was done stays, and receipts still prove",
           "shomei journal erase --resident q7k2m9xa --office inagi-city-hall --ground 'ten years are over'",
           {{"resident", "R", "the resident: identifier, or the whole name when it is the only one", true},
            {"office", "O", "the office where the act is done (an id of shomei.toml)", true},
            {"ground", "TEXT", "why; it is kept, so name nobody in it", true},
            kAtOption},
           erase}};
}

}  // namespace shomei::app
