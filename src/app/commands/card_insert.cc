#include <charconv>
#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "app/open_home.h"
#include "app/stop_signal.h"
#include "card/vpcd/serve.h"
#include "counter/find_resident.h"

namespace shomei::app {
namespace {

namespace vpcd = card::vpcd;

Result<vpcd::ReaderOptions> reader_of(const cli::Invocation& invocation) {
  vpcd::ReaderOptions options;
  const bool listen = invocation.has("listen");
  SHOMEI_TRY(const auto address,
             home::parse_address(invocation.get(listen ? "listen" : "reader", "127.0.0.1:35963")));
  options.host = address.host;
  options.port = address.port;
  options.direction = listen ? vpcd::Direction::listen : vpcd::Direction::connect;
  return options;
}

Result<CardId> card_of(const cli::Invocation& invocation, const home::Home& home) {
  if (invocation.has("card")) return CardId::parse(invocation.get("card"));
  if (!invocation.has("resident")) return malformed("card_unnamed");
  SHOMEI_TRY(const auto rows, home.rows());
  SHOMEI_TRY(const auto resident, counter::find_resident(*rows, invocation.get("resident")));
  SHOMEI_TRY(const auto cards, rows->cards_of(resident.id));
  if (cards.empty()) return not_found("resident_has_no_card", {{"resident", resident.id.text()}});
  return cards.back().id;
}

struct Event {
  std::string_view name;  // in JSON lines
  std::string_view text;  // for people
};

constexpr Event kInserted{"inserted", "inserted"};
constexpr Event kReaderGone{"reader_gone", "reader gone, waiting for it"};
constexpr Event kRemoved{"removed", "removed"};

// One line an event, so that a script can wait for the card to be in.
void tell(const cli::Invocation& invocation, const Event& event, const CardId& card) {
  const nlohmann::json document{{"event", event.name}, {"card", card.text()}};
  cli::print_raw(invocation.json ? document.dump() + "\n"
                                 : "card " + card.text() + ": " + std::string(event.text) + "\n",
                 true);
}

Result<cli::Output> insert(const cli::Invocation& invocation) {
  catch_stop_signals();
  SHOMEI_TRY(auto options, reader_of(invocation));
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_CHECK(home->open_keys());
  SHOMEI_TRY(const auto id, card_of(invocation, *home));
  const auto box = home->card_box();
  SHOMEI_TRY(const auto card, box.take(id));
  options.on_event = [&](vpcd::ReaderEvent event) {
    tell(invocation, event == vpcd::ReaderEvent::inserted ? kInserted : kReaderGone, id);
  };
  if (invocation.has("trace"))
    options.on_command = [](const std::string& line) { cli::print_raw(line + "\n", false); };
  SHOMEI_CHECK(vpcd::serve_vpcd(card->chip(), options, stop_requested()));
  tell(invocation, kRemoved, id);
  return cli::Output{};
}

}  // namespace

std::vector<cli::Command> card_insert_commands() {
  return {{"card insert",
           "put a virtual card into a vpcd reader, until Ctrl-C takes it out",
           "shomei card insert --resident 見本　花子",
           {{"resident", "R", "whose card: identifier or whole name"},
            {"card", "C", "or the card's identifier"},
            {"reader", "ADDRESS", "where vpcd waits (default 127.0.0.1:35963)"},
            {"trace", "", "write every command and its status word to stderr, PINs blacked out"},
            {"listen", "ADDRESS", "wait here for vpcd instead, when its reader.conf names this address"}},
           insert}};
}

}  // namespace shomei::app
