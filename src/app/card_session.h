// What the card commands share: a card held for one act, and errors that say whether the same can be tried
// again.
#pragma once

#include <string_view>

#include "app/pin_errand.h"
#include "card/client/terminal.h"
#include "card/pcsc/hold_card.h"
#include "cli/command.h"

namespace shomei::app {

inline constexpr cli::Option kReaderOption{"reader", "NAME",
                                           "the PC/SC reader; the first with a JPKI card when left out"};
inline constexpr cli::Option kWaitOption{
    "wait", "SECONDS", "how long to wait for a card that another program holds (default 20; at least 1)"};
inline constexpr cli::Option kKindOption{"kind", "K", "signature or user_authentication", true};

// --kind. malformed "certificate_kind_unknown".
Result<card::Kind> kind_option(const cli::Invocation& invocation);

class CardSession {
 public:
  // As --reader and --wait say, with the JPKI application selected.
  static Result<CardSession> open(const cli::Invocation& invocation);

  card::client::Terminal& terminal() { return terminal_; }
  card::pcsc::PcscTransport& transport() { return *held_.transport; }
  card::pcsc::HeldCard& held() { return held_; }

 private:
  explicit CardSession(card::pcsc::HeldCard held) : held_(std::move(held)), terminal_(*held_.transport) {}

  card::pcsc::HeldCard held_;
  card::client::Terminal terminal_;
};

// The card in that reader, held as --wait says and with nothing selected.
Result<card::pcsc::HeldCard> hold_reader(const cli::Invocation& invocation, const std::string& reader);
// One that was let go, likewise.
Result<void> hold_reader_again(const cli::Invocation& invocation, card::pcsc::HeldCard& card);

// What is said in a command's language.
std::string said(const cli::Invocation& invocation, std::string_view en, std::string_view ja);

// The same with its family (card/client/error_family.h): the parameter `family`, and a sentence for people.
Result<cli::Output> with_family(Result<cli::Output> outcome);
// A command's function whose errors have a family.
template <Result<cli::Output> (*Run)(const cli::Invocation&)>
Result<cli::Output> card_act(const cli::Invocation& invocation) {
  return with_family(Run(invocation));
}

}  // namespace shomei::app
