#include <nlohmann/json.hpp>
#include <thread>

#include "app/card_parts.h"
#include "app/card_session.h"
#include "app/card_trust.h"
#include "app/card_words.h"
#include "app/command_list.h"
#include "app/describe.h"
#include "app/stop_signal.h"
#include "base/shown_text.h"
#include "card/pcsc/readers.h"
#include "cli/print.h"
#include "home/clock.h"

namespace shomei::app {
namespace {

using card::trust::TrustFolder;
using nlohmann::json;
using std::chrono_literals::operator""s;

json describe_reader(const card::pcsc::ReaderState& state) {
  return {{"reader", state.name},
          {"card", state.card_present},
          {"mute", state.card_mute},
          {"in_use", state.in_use},
          {"exclusive", state.exclusive}};
}

// One reader that is named, or every reader in which a card is. With none that can be read, the error of the
// first; a card of another kind is told among the readers.
Result<json> describe_all(const Look& look) {
  const std::string wanted = look.invocation.get("reader");
  if (!wanted.empty()) return describe_card(wanted, look);
  SHOMEI_TRY(const auto states, card::pcsc::reader_states());
  if (states.empty()) return not_found("reader_none");
  if (look.invocation.has("with-signature-certificate")) SHOMEI_CHECK(expect_one_card(look.invocation));
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
  return cli::Output{text_of(document), cards_text(document, invocation.language)};
}

}  // namespace

std::vector<cli::Command> card_info_commands() {
  return {{"card info",
           "what is on the cards in PC/SC readers: applications, tries left of every PIN, certificates and "
           "their days (costs no try)",
           "shomei card info",
           {{"reader", "NAME", "the PC/SC reader; every reader when left out"},
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
