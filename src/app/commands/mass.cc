// Carrying out mass acts that were fixed (commands/mass_plan.cc).
#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "app/describe.h"
#include "app/mass_lists.h"
#include "app/mass_words.h"
#include "app/number.h"
#include "app/officer_options.h"
#include "app/open_home.h"

namespace shomei::app {
namespace {

using nlohmann::json;

const cli::Option kOrder{"order", "ORDER", "its identifier, from `mass plan`", true, true};
const cli::Option kPart{"part", "N", "at most so many certificates in an entry (default: what 20 ms take)"};

Result<std::uint64_t> part_of(const cli::Invocation& invocation) {
  if (!invocation.has("part")) return mass::Pace::kMost;
  SHOMEI_TRY(const auto number, parse_number(invocation.get("part")));
  if (number >= 1 && number <= mass::Pace::kMost) return number;
  return malformed("number_out_of_range", {{"name", "part"}, {"max", std::to_string(mass::Pace::kMost)}});
}

Result<ActId> order_of(const cli::Invocation& invocation) {
  return ActId::parse(invocation.get("order"));
}

Result<cli::Output> run(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto order, order_of(invocation));
  mass::Going going;
  SHOMEI_TRY(going.part_most, part_of(invocation));
  catch_stop_signals();
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  const auto parts = mass_parts(*home);
  SHOMEI_TRY(going.officer, officer_of(invocation, home->settings().directory.offices.front().id));
  going.stop = [] { return stop_requested().load(); };
  going.progress = [](std::uint64_t through, std::uint64_t) { cli::print_progress("carried out", through); };
  going.publish_lists = [&](const mass::Standing& standing) { return publish_lists(*home, standing); };
  SHOMEI_TRY(const auto report, mass::carry_out(parts, order, going));
  const bool done = report.standing.stage == mass::Stage::done;
  const std::string next = done ? "" : "Stopped. To go on: shomei mass resume " + order.text() + "\n";
  return cli::Output{mass::encode_report(report), report_words(report) + next, done ? 0 : 1};
}

Result<cli::Output> show(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto order, order_of(invocation));
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(const auto rows, home->rows());
  SHOMEI_TRY(const auto standing, mass::read_standing(*rows, order));
  auto document = json::parse(mass::encode_order(standing.order));
  document["standing"] = json::parse(mass::encode_standing(standing));
  document["file"] = mass_folder(*home).list(order).string();
  return cli::Output{text_of(document), order_words(standing.order) + standing_words(standing)};
}

Result<cli::Output> list(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(const auto rows, home->rows());
  json orders = json::array();
  std::string text;
  for (const auto& order : mass::known_orders(mass_folder(*home))) {
    const auto standing = mass::read_standing(*rows, order);
    if (!standing && standing.error().code == "mass_order_unknown") continue;
    if (!standing) return standing.error();
    orders.push_back(json::parse(mass::encode_standing(*standing)));
    text += standing_words(*standing);
  }
  return cli::Output{text_of(json{{"orders", orders}}),
                     text.empty() ? "No mass act was planned here." : text};
}

Result<cli::Output> report(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto order, order_of(invocation));
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(const auto rows, home->rows());
  SHOMEI_TRY(const auto made, mass::report(mass_folder(*home), *rows, order));
  return cli::Output{mass::encode_report(made), report_words(made)};
}

Result<cli::Output> pause(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto order, order_of(invocation));
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  SHOMEI_TRY(const auto officer, officer_of(invocation, home->settings().directory.offices.front().id));
  SHOMEI_TRY(const auto standing, mass::pause(mass_parts(*home), officer, order));
  return cli::Output{mass::encode_standing(standing), standing_words(standing)};
}

Result<cli::Output> cancel(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto order, order_of(invocation));
  SHOMEI_TRY(const auto officer, officer_of(invocation));
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  SHOMEI_TRY(const auto ended, mass::cancel(mass_parts(*home), officer, order));
  return cli::Output{mass::encode_report(ended), report_words(ended)};
}

}  // namespace

std::vector<cli::Command> mass_commands() {
  auto office = officer_options()[0];
  office.required = false;
  const auto officer = officer_options()[1];
  std::vector<cli::Option> with_officer{kOrder};
  for (const auto& option : officer_options()) with_officer.push_back(option);
  return {{"mass show",
           "an order: what it would do to how many certificates, and where it is",
           "shomei mass show 01kbx3m9k2v8q4t6w0y7z5r1sd",
           {kOrder},
           show},
          {"mass list", "the orders that were planned in this home", "shomei mass list", {}, list},
          {"mass run",
           "carry an order out; it may be stopped at any time, and goes on where it was",
           "shomei mass run 01kbx3m9k2v8q4t6w0y7z5r1sd",
           {kOrder, kPart, office, officer, kAtOption},
           run},
          {"mass pause",
           "let the one that runs stop behind what it is at",
           "shomei mass pause 01kbx3m9k2v8q4t6w0y7z5r1sd",
           {kOrder, office, officer, kAtOption},
           pause},
          {"mass resume",
           "go on with an order that was stopped, or whose program or machine was",
           "shomei mass resume 01kbx3m9k2v8q4t6w0y7z5r1sd",
           {kOrder, kPart, office, officer, kAtOption},
           run},
          {"mass cancel", "end an order for good; what it has done stays done",
           "shomei mass cancel 01kbx3m9k2v8q4t6w0y7z5r1sd --office inagi-city-hall", with_officer, cancel},
          {"mass report",
           "what became of an order",
           "shomei mass report 01kbx3m9k2v8q4t6w0y7z5r1sd",
           {kOrder},
           report}};
}

}  // namespace shomei::app
