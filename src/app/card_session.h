// What the card commands share: a card held for one act, PINs from a person or a file and never from the
// arguments, and errors that say whether the same can be tried again.
#pragma once

#include "base/secret.h"
#include "card/client/terminal.h"
#include "card/pcsc/hold_card.h"
#include "cli/command.h"

namespace shomei::app {

inline constexpr cli::Option kReaderOption{"reader", "NAME",
                                           "the PC/SC reader; the first with a JPKI card when left out"};
inline constexpr cli::Option kWaitOption{
    "wait", "SECONDS", "how long to wait for a card that another program holds (default 20)"};
inline constexpr cli::Option kKindOption{"kind", "K", "signature or user_authentication", true};
inline constexpr cli::Option kPinOption{
    "pin", "FILE",
    "file (or - for stdin) with the PIN on its first line; asked on the terminal when left out"};
inline constexpr cli::Option kPinFdOption{"pin-fd", "N", "file descriptor with the PIN on its first line"};
inline constexpr cli::Option kLastTryOption{"last-try", "",
                                            "spend the last try: a wrong PIN then blocks the card"};

// --kind. malformed "certificate_kind_unknown".
Result<card::Kind> kind_option(const cli::Invocation& invocation);

class CardSession {
 public:
  // As --reader and --wait say, with the JPKI application selected.
  static Result<CardSession> open(const cli::Invocation& invocation);

  card::client::Terminal& terminal() { return terminal_; }
  card::Transport& transport() { return *held_.transport; }
  const std::string& reader() const { return held_.transport->reader(); }

 private:
  explicit CardSession(card::pcsc::HeldCard held) : held_(std::move(held)), terminal_(*held_.transport) {}

  card::pcsc::HeldCard held_;
  card::client::Terminal terminal_;
};

// The card in that reader, held as --wait says and with nothing selected.
Result<card::pcsc::HeldCard> hold_reader(const cli::Invocation& invocation, const std::string& reader);

// From the file or the descriptor that the options name, else typed on the terminal without echo. malformed
// "pins_missing", "number_form" (option).
Result<SecretBytes> read_pin(const cli::Invocation& invocation, std::string_view file_option,
                             std::string_view descriptor_option, std::string_view question);

// What must hold before a PIN may be sent: tries are left, and the last one is spent only when the person
// says so, by --last-try or by "yes" on the terminal. refused "pin_blocked", "pin_last_try".
Result<void> may_spend_try(const cli::Invocation& invocation, card::client::Terminal& terminal,
                           card::Kind kind);
// The same of any number that has tries, where `pin_option` or --pin-fd gives it.
Result<void> may_spend_try(const cli::Invocation& invocation, unsigned tries, std::string_view pin_option);
// may_spend_try, read_pin and Terminal::verify.
Result<void> verify_pin(const cli::Invocation& invocation, card::client::Terminal& terminal, card::Kind kind);

// The same with its family (card/client/error_family.h): the parameter `family`, and a sentence for people.
Result<cli::Output> with_family(Result<cli::Output> outcome);
// A command's function whose errors have a family.
template <Result<cli::Output> (*Run)(const cli::Invocation&)>
Result<cli::Output> card_act(const cli::Invocation& invocation) {
  return with_family(Run(invocation));
}

}  // namespace shomei::app
