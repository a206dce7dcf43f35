#include <algorithm>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/card_session.h"
#include "app/card_trust.h"
#include "app/command_list.h"
#include "app/describe.h"
#include "app/stop_signal.h"
#include "base/shown_text.h"
#include "card/client/error_family.h"
#include "card/client/survey.h"
#include "card/pcsc/readers.h"
#include "cli/print.h"
#include "home/clock.h"

namespace shomei::app {
namespace {

using card::Kind;
using card::client::Terminal;
using card::trust::TrustFolder;
using nlohmann::json;
using std::chrono_literals::operator""s;

struct Look {
  const cli::Invocation& invocation;
  const TrustFolder& trust;
  Instant now;
};

// The user authentication certificate is free to read; the other one needs its password.
Result<json> describe_kind(card::pcsc::HeldCard& held, Kind kind, bool present, const Look& look) {
  Terminal terminal(*held.transport);
  json document{{"present", present}};
  const bool shown = kind == Kind::user_authentication || look.invocation.has("with-signature-certificate");
  if (present && shown && kind == Kind::signature) SHOMEI_CHECK(verify_pin(look.invocation, held, kind));
  // After the verification, which gives tries back.
  SHOMEI_TRY(const auto tries, terminal.tries_left(kind));
  document["tries_left"] = nullptr;
  if (tries) document["tries_left"] = *tries;
  document["blocked"] = tries == 0U;
  if (!present || !shown) return document;
  SHOMEI_TRY(const auto der, terminal.certificate(kind));
  SHOMEI_TRY(const auto described, describe_certificate(der, kind, look.trust, look.now));
  document.update(described);
  return document;
}

json describe_token(const card::client::TokenInfo& token) {
  return {{"label", token.label},
          {"manufacturer", token.manufacturer},
          {"model", token.model},
          {"serial", token.serial},
          {"flags", token.flags},
          {"pin_characters_min", token.pin_characters_min},
          {"pin_characters_max", token.pin_characters_max},
          {"hardware_version", token.hardware_version},
          {"firmware_version", token.firmware_version}};
}

Result<json> describe_survey(card::Transport& transport) {
  SHOMEI_TRY(const auto found, card::client::survey(transport));
  json applications = json::object(), pins = json::array();
  for (const auto& application : found.applications)
    applications[std::string(application.name)] = application.present;
  for (const auto& pin : found.pins) {
    json row{{"application", pin.application}, {"name", pin.name}, {"tries_left", nullptr}};
    if (pin.tries_left) row["tries_left"] = *pin.tries_left;
    pins.push_back(std::move(row));
  }
  return json{{"applications", applications}, {"pins", pins}};
}

// The survey first: it leaves another application selected.
Result<json> describe_card(const std::string& reader, const Look& look) {
  SHOMEI_TRY(auto held, hold_reader(look.invocation, reader));
  Terminal terminal(*held.transport);
  SHOMEI_TRY(auto document, describe_survey(*held.transport));
  document["reader"] = reader;
  SHOMEI_CHECK(terminal.select_jpki());
  SHOMEI_TRY(const auto token, terminal.token_info());
  document["token"] = token.label;
  document["token_info"] = describe_token(token);
  SHOMEI_TRY(const auto available, terminal.availability());
  SHOMEI_TRY(document["signature"], describe_kind(held, Kind::signature, available.signature, look));
  SHOMEI_TRY(document["user_authentication"],
             describe_kind(held, Kind::user_authentication, available.user_authentication, look));
  return document;
}

json describe_reader(const card::pcsc::ReaderState& state) {
  return {{"reader", state.name},
          {"card", state.card_present},
          {"mute", state.card_mute},
          {"in_use", state.in_use},
          {"exclusive", state.exclusive}};
}

json describe_trouble(const Error& error) {
  return {{"code", error.code}, {"family", name(card::client::family_of(error))}};
}

// One reader that is named, or every reader in which a card is. With none that can be read, the error of the
// first; a card of another kind is told among the readers.
Result<json> describe_all(const Look& look) {
  const std::string wanted = look.invocation.get("reader");
  if (!wanted.empty()) return describe_card(wanted, look);
  SHOMEI_TRY(const auto states, card::pcsc::reader_states());
  if (states.empty()) return not_found("reader_none");
  // A password is of one card: it must not be spent on the others.
  const auto cards_present = std::ranges::count_if(states, &card::pcsc::ReaderState::card_present);
  if (cards_present > 1 && look.invocation.has("with-signature-certificate")) return refused("card_several");
  json readers = json::array(), cards = json::array();
  std::optional<Error> trouble;
  for (const auto& state : states) {
    readers.push_back(describe_reader(state));
    auto described = describe_card(state.name, look);
    if (described) {
      cards.push_back(*std::move(described));
      continue;
    }
    if (state.card_present) readers.back()["error"] = describe_trouble(described.error());
    if (!trouble || trouble->code == "card_missing") trouble = std::move(described).error();
  }
  if (cards.empty()) return *std::move(trouble);
  json document = cards.front();
  document["readers"] = std::move(readers);
  document["cards"] = std::move(cards);
  return document;
}

Result<cli::Output> watch(const cli::Invocation& invocation) {
  catch_stop_signals();
  card::pcsc::ReaderWatch readers;
  for (bool first = true; !stop_requested(); first = false) {
    const auto events = readers.wait(first ? 0s : 1s);
    if (!events && first) return events.error();
    if (!events) {
      std::this_thread::sleep_for(1s);  // until the service runs again
      continue;
    }
    for (const auto& event : *events) {
      const json document{{"event", name(event.happened)}, {"reader", event.reader}};
      cli::print_raw(invocation.json
                         ? text_of(document) + "\n"
                         : shown_line(std::string(name(event.happened)) + ": " + event.reader) + "\n",
                     true);
    }
  }
  return cli::Output{};
}

Result<cli::Output> info(const cli::Invocation& invocation) {
  if (invocation.has("watch")) return watch(invocation);
  SHOMEI_TRY(const auto folder, trust_folder(invocation));
  SHOMEI_TRY(const auto trust, TrustFolder::open(folder));
  const Look look{invocation, trust, home::SystemClock().now()};
  SHOMEI_TRY(const auto document, describe_all(look));
  return cli::Output{text_of(document), document.dump(2, ' ', false, json::error_handler_t::replace)};
}

}  // namespace

std::vector<cli::Command> card_info_commands() {
  return {{"card info",
           "what is on the cards in PC/SC readers: applications, tries left of every PIN, certificates and "
           "their days (costs no try)",
           "shomei card info",
           {kReaderOption,
            {"with-signature-certificate", "", "ask the signature password and show its certificate too"},
            kPinOption,
            kPinFdOption,
            kLastTryOption,
            kTrustOption,
            {"watch", "", "say when cards and readers come and go, one line an event, until Ctrl-C"},
            kWaitOption},
           card_act<info>}};
}

}  // namespace shomei::app
