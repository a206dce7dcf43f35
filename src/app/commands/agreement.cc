#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "app/officer_options.h"
#include "app/open_home.h"
#include "app/remote_counter.h"
#include "counter/admit.h"
#include "services/acts/proposal_json.h"

namespace shomei::app {
namespace {

using nlohmann::json;

const cli::Option kProposal{.name = "proposal",
                            .value = "REQUEST",
                            .help = "the request under which it was proposed",
                            .required = true,
                            .positional = true};

std::string lines_of(const json& document) {
  std::string lines;
  for (const auto& [name, value] : document.items())
    lines += name + ": " + (value.is_string() ? value.get<std::string>() : value.dump()) + "\n";
  return lines;
}

cli::Output output_of(const std::string& document) {
  return {document, lines_of(json::parse(document))};
}

Result<cli::Output> approve(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto proposal, RequestId::parse(invocation.get("proposal")));
  SHOMEI_TRY(const auto officer, officer_of(invocation));
  SHOMEI_TRY(auto there, remote_counter(invocation));
  if (there) {
    SHOMEI_TRY(const auto document, there->authority.approve({officer, proposal}));
    return output_of(document);
  }
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  SHOMEI_CHECK(home->settings().directory.office(officer.office));
  SHOMEI_TRY(const auto agreed, home->admission().approve(officer, proposal));
  return output_of(services::describe(agreed));
}

Result<cli::Output> show(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto request, RequestId::parse(invocation.get("proposal")));
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(const auto rows, home->rows());
  SHOMEI_TRY(const auto proposal, officers::find_proposal(*rows, request));
  if (!proposal) return not_found("proposal_unknown", {{"request", request.text()}});
  return output_of(services::describe(*proposal));
}

Result<cli::Output> glass(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(const auto rows, home->rows());
  SHOMEI_TRY(const auto open, officers::unacknowledged(*rows));
  json document = json::array();
  std::string text;
  for (const auto& one : open) {
    document.push_back({{"act", one.act.text()},
                        {"at", format_jst(one.at)},
                        {"officer", one.officer},
                        {"office", one.office},
                        {"what", one.what},
                        {"why", one.why}});
    text += one.act.text() + "  " + format_jst(one.at) + "  " + one.officer + "  " + one.what + "  " +
            one.why + "\n";
  }
  return cli::Output{json{{"broken", document}}.dump(),
                     text.empty() ? "No glass is broken that nobody has looked into." : text,
                     open.empty() ? 0 : 1};
}

Result<cli::Output> acknowledge(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto act, ActId::parse(invocation.get("act")));
  SHOMEI_TRY(const auto officer, officer_of(invocation));
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  const auto parts = home->parts();
  SHOMEI_CHECK(counter::admit(parts, "acknowledge", officer));
  SHOMEI_TRY(auto transaction, home->journal().begin());
  SHOMEI_CHECK(officers::acknowledge(transaction, act, counter::officer_fields("acknowledge", officer)));
  SHOMEI_CHECK(transaction.commit());
  return cli::Output{json{{"acknowledged", act.text()}}.dump(), "Acknowledged: " + act.text()};
}

}  // namespace

std::vector<cli::Command> agreement_commands() {
  const auto of_officer = officer_options();
  const auto &office = of_officer[0], &officer = of_officer[1], &request = of_officer[2];
  return {{"approve",
           "agree to what another officer has proposed",
           "shomei approve visit-20261127-3 --office inagi-city-hall --officer suzuki --officer-certificate "
           "suzuki.pem --officer-key suzuki.key",
           {kProposal, office, officer, request, kAuthorityOption, kAtOption},
           approve},
          {"proposal",
           "what was proposed under a request, and who has agreed",
           "shomei proposal visit-20261127-3",
           {kProposal},
           show},
          {"glass",
           "every breaking of glass that no auditor has looked into; exit code 1 when there is one",
           "shomei glass",
           {},
           glass},
          {"glass acknowledge",
           "say that an auditor has looked into it",
           "shomei glass acknowledge 01jd8x2k7m --office inagi-city-hall --officer tanaka",
           {{"act", "ACT", "as `shomei glass` names it", true, true}, office, officer, request, kAtOption},
           acknowledge}};
}

}  // namespace shomei::app
