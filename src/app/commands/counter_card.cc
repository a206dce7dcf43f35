// What is done at a counter with a card that is in use: PINs, and what was interrupted.
#include <functional>

#include "app/application.h"
#include "app/card_pins.h"
#include "app/command_list.h"
#include "app/counter_side.h"
#include "app/describe.h"
#include "app/officer_options.h"
#include "app/open_home.h"
#include "counter/find_resident.h"

namespace shomei::app {
namespace {

using nlohmann::json;

// An act on an open card; `settings` say which PINs are too weak.
using OnCard = std::function<Result<cli::Output>(counter::OpenCard card, const rules::Settings& settings)>;

Result<cli::Output> with_card_here(const cli::Invocation& invocation, const counter::Officer& officer,
                                   const OnCard& act) {
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  SHOMEI_TRY(auto rows, home->rows());
  SHOMEI_TRY(const auto resident, counter::find_resident(*rows, invocation.get("resident")));
  rows.reset();
  auto side = card_side(invocation, *home, officer, resident.id, Missing::refused);
  SHOMEI_TRY(auto card, side.open());
  return act(std::move(card), home->settings().rules);
}

Result<cli::Output> with_card(const cli::Invocation& invocation, const OnCard& act) {
  SHOMEI_TRY(const auto officer, officer_of(invocation));
  SHOMEI_TRY(auto there, remote_counter(invocation));
  if (!there) return with_card_here(invocation, officer, act);
  SHOMEI_TRY(const auto resident, ResidentId::parse(invocation.get("resident")));
  SHOMEI_TRY(auto side, card_side(invocation, *there, officer, resident, Missing::refused));
  SHOMEI_TRY(auto card, side.open());
  return act(std::move(card), there->home->settings().rules);
}

json describe_settled(const std::vector<counter::SettledThing>& settled) {
  static constexpr const char* kThings[] = {"certificate", "key", "pin"};
  json list = json::array();
  for (const auto& thing : settled)
    list.push_back({{"what", kThings[static_cast<std::size_t>(thing.what)]},
                    {"kind", card::name(thing.pin)},
                    {"end", authority::name(thing.end)},
                    {"serial", thing.serial.empty() ? json(nullptr) : json(thing.serial)}});
  return list;
}

std::string settled_text(const std::vector<counter::SettledThing>& settled) {
  if (settled.empty()) return "Nothing on the card was interrupted.";
  std::string text;
  for (const auto& thing : describe_settled(settled))
    text += thing["kind"].get<std::string>() + " " + thing["what"].get<std::string>() + ": " +
            thing["end"].get<std::string>() + "\n";
  return text;
}

Result<cli::Output> settle(const cli::Invocation& invocation) {
  return with_card(invocation,
                   [](const counter::OpenCard& card, const rules::Settings&) -> Result<cli::Output> {
                     const json document{{"card", card.issuer.card().text()},
                                         {"operational", card.view.operational},
                                         {"settled", describe_settled(card.view.settled)}};
                     return cli::Output{document.dump(), settled_text(card.view.settled)};
                   });
}

cli::Output pin_output(const counter::OpenCard& card, card::PinId pin, std::string_view done) {
  const json document{{"card", card.issuer.card().text()},
                      {"kind", card::name(pin)},
                      {"settled", describe_settled(card.view.settled)}};
  return {document.dump(), std::string(done) + ": the PIN for " + std::string(card::name(pin)) +
                               " of the card " + card.issuer.card().text()};
}

Result<cli::Output> reset_pin(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto pin, pin_kind_from(invocation));
  SHOMEI_TRY(const auto application, application_from(invocation));
  return with_card(
      invocation, [&](const counter::OpenCard& card, const rules::Settings& settings) -> Result<cli::Output> {
        SHOMEI_TRY(const auto new_pin, new_pin_from(invocation, pin));
        SHOMEI_CHECK(
            counter::reset_pin(card.issuer, card.transport, card.view, pin, application, new_pin, settings));
        return pin_output(card, pin, "Reset");
      });
}

Result<cli::Output> change_pin(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto pin, pin_kind_from(invocation));
  SHOMEI_TRY(const auto application, application_from(invocation));
  return with_card(
      invocation, [&](const counter::OpenCard& card, const rules::Settings& settings) -> Result<cli::Output> {
        SHOMEI_TRY(const auto pins, changed_pin_from(invocation, pin));
        SHOMEI_CHECK(counter::change_pin(card.issuer, card.transport, card.view, pin, application,
                                         pins.old_pin, pins.new_pin, settings));
        return pin_output(card, pin, "Changed");
      });
}

constexpr cli::Option kResidentOption{
    "resident", "R",
    "the resident: identifier, or the whole name when it is the only one and no other authority is asked",
    true};

}  // namespace

std::vector<cli::Command> counter_card_commands() {
  const auto of_officer = officer_options();
  const auto &office = of_officer[0], &officer = of_officer[1], &request = of_officer[2];
  return {
      {"counter reset-pin",
       "set a new PIN for one that was forgotten or is blocked: the issuer opens it on the card, and the "
       "holder types a new one, which nobody but the card gets",
       "shomei counter reset-pin --office inagi-city-hall --resident 見本　花子 --kind signature",
       with_application({office, kResidentOption, kPinKindOption, kNewPinOption, kCounterReaderOption,
                         request, officer, kAuthorityOption, kAtOption}),
       reset_pin},
      {"counter change-pin", "set a new PIN for one that the holder knows, and record that it was done",
       "shomei counter change-pin --office inagi-city-hall --resident 見本　花子 --kind user_authentication",
       with_application({office, kResidentOption, kPinKindOption, kChangedPinOption, kCounterReaderOption,
                         request, officer, kAuthorityOption, kAtOption}),
       change_pin},
      {"counter settle",
       "look at a card and bring to an end what was interrupted on it: completed, or rolled back; every "
       "command that takes a card at a counter does so first",
       "shomei counter settle --office inagi-city-hall --resident 見本　花子",
       {office, kResidentOption, kCounterReaderOption, request, officer, kAuthorityOption, kAtOption},
       settle}};
}

}  // namespace shomei::app
