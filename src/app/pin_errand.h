// What happens between a person, a PIN and a card: how many tries there are is asked of the card, the PIN of
// the person, and it is sent. While the person is asked, others may use the card.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"
#include "card/kind.h"
#include "card/pcsc/hold_card.h"
#include "card/pin_id.h"
#include "card/transport.h"
#include "cli/command.h"

namespace shomei::app {

inline constexpr cli::Option kPinOption{
    "pin", "FILE",
    "file (or - for stdin) with the PIN on its first line; asked on the terminal when left out"};
inline constexpr cli::Option kPinFdOption{"pin-fd", "N",
                                          "file descriptor from which the next line is read as the PIN"};
inline constexpr cli::Option kLastTryOption{"last-try", "",
                                            "spend the last try: a wrong PIN then blocks the card"};

struct PinErrand {
  // Selects what has to be selected, and costs no try. None: the card does not say.
  std::function<Result<std::optional<unsigned>>(card::Transport&)> ask_card;
  std::function<Result<SecretBytes>(std::optional<unsigned> tries)> ask_person;
  std::function<Result<void>(card::Transport&, const SecretBytes& pin)> send;
  std::string_view pin_option = "pin";  // where a file gives it
  bool changes = false;                 // the card keeps something of it
};

// The last try, and one of which the card says nothing, is spent only when the person says so. The card is
// reset in the same step in which others may use it again, so that nobody finds a PIN verified. A PIN that is
// not typed, and any that changes, is of one card: see expect_one_card. conflict "pin_tries_changed" {tries}
// when there are fewer than the person was told; refused "pin_blocked", "pin_last_try"; what the functions
// say; what card/client/pin_transport.h says when no answer comes.
Result<void> run_pin_errand(const cli::Invocation& invocation, card::pcsc::HeldCard& card,
                            const PinErrand& errand);
// That of a PIN of the JPKI application, which is selected then. not_found "certificate_absent" when the card
// says that it has none of the kind: it has no PIN then.
Result<void> verify_pin(const cli::Invocation& invocation, card::pcsc::HeldCard& card, card::Kind kind);

// The card whose PIN it is must be named where there are several: a try would be spent on somebody else's.
// refused "card_several" without --reader.
Result<void> expect_one_card(const cli::Invocation& invocation);
// The PIN's application is selected then. A card that does not say which certificates it has may have that of
// the PIN. not_found "certificate_absent": a PIN without it was never set, and is not blocked.
Result<std::optional<unsigned>> tries_of(card::Transport& to, card::PinId pin);

// What must hold before a PIN may be sent: tries are left, and the last one is spent only when the person
// says so, by --last-try or by "yes" on the terminal, where no `pin_option` or --pin-fd gives the PIN.
// refused "pin_blocked", "pin_last_try".
Result<void> may_spend_try(const cli::Invocation& invocation, const std::string& reader,
                           std::optional<unsigned> tries, std::string_view pin_option);

// From the file or the descriptor that the options name, else typed on the terminal without echo. malformed
// "pins_missing", "pin_given_twice" (option, other), "number_form" (option).
Result<SecretBytes> read_pin(const cli::Invocation& invocation, std::string_view file_option,
                             std::string_view descriptor_option, std::string_view question);

}  // namespace shomei::app
